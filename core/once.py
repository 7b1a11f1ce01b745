"""Double click, Enter twice, Back and a retried request make one record.

A form that creates something carries a one-time key; the key is stored under a unique constraint in the
transaction that creates, with the address its first sending led to. Whoever comes second is led there too.
"""

import functools
import uuid
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from core.models import OnceKey
from core.refusal import refuse_if

FIELD = "once"


def _key(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _claimed(request: HttpRequest, key: uuid.UUID) -> tuple[OnceKey, bool]:
    """The row of a key, and whether it is ours: written without looking, since nearly every key is new."""
    sent = OnceKey(user=request.user, key=key)
    try:
        with transaction.atomic():
            sent.save(force_insert=True)
    except IntegrityError:
        return OnceKey.objects.get(user=request.user, key=key), False
    return sent, True


def first_sending(request: HttpRequest) -> bool:
    """Whether a form is sent for the first time: for what has no result to be led to, such as a code shown once.

    Call it in the transaction of the act. A form without a key is taken as it comes.
    """
    key = _key(request)
    return key is None or _claimed(request, key)[1]


def once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view's POST take effect once per key. The form holds `{% once_field %}`."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = _key(request)
        if key is None:
            refuse_if(_("This form was not sent completely. Open the page again and send it from there."))
        with transaction.atomic():
            sent, first = _claimed(request, key)
            if not first:
                return HttpResponseRedirect(sent.result)
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseRedirect):
                sent.result = response.url
                sent.save(update_fields=["result"])
            else:  # nothing was made: the form comes back to be mended and sent again
                transaction.set_rollback(True)
        return response

    return guarded
