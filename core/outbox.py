"""The outbox: letters are rows with a state; the worker sends them."""

from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from core import audit, clock, links
from core.locks import lock
from core.models import Mail, User
from core.refusal import refuse_if


def send(*, to: User | str, subject: str, body: str) -> Mail | None:
    """Put a letter into the outbox, to be sent when the transaction has ended.

    A rehearsal holds it back. Someone without an address gets none: the result is None.
    """
    address = to.email if isinstance(to, User) else to
    if not address:
        return None
    mail = Mail.objects.create(
        to=address,
        recipient=to if isinstance(to, User) else None,
        subject=" ".join(subject.split()),
        body=body,
        state=Mail.State.HELD if clock.rehearsal_day() else Mail.State.WAITING,
    )
    if mail.state == Mail.State.WAITING:
        _queue(mail)
    return mail


def _queue(mail: Mail) -> None:
    transaction.on_commit(lambda: deliver.enqueue(mail.pk, mail.attempts + 1))


def why_not_send_again(mail: Mail) -> str | None:
    """Why a letter cannot be put back into the queue now."""
    if mail.state == Mail.State.SENT:
        return _("This letter was sent already.")
    if clock.rehearsal_day():
        return _("A rehearsal is on: letters stay here until it ends.")
    return None


@transaction.atomic
def send_again(*, actor: User, mail: Mail) -> None:
    """Put a failed or held letter back into the queue. Whether `actor` may is the caller's rule."""
    mail = lock(Mail, mail.pk)
    refuse_if(why_not_send_again(mail))
    mail.state, mail.error = Mail.State.WAITING, ""
    mail.save(update_fields=["state", "error"])
    _queue(mail)
    audit.record(actor, "mail.sent_again", mail)


@task()
def deliver(mail_id: int, attempt: int) -> None:
    """Send a waiting letter and store what became of it. Each numbered attempt is made by one worker, once."""
    claimed = Mail.objects.filter(pk=mail_id, state=Mail.State.WAITING, attempts=attempt - 1)
    if not claimed.update(attempts=attempt):
        return
    mail = Mail.objects.select_related("recipient").get(pk=mail_id)
    try:
        send_mail(mail.subject, links.fill_in(mail.body, mail.recipient), None, [mail.to])
    except (
        OSError,
        ValueError,
    ) as error:  # the server refused or is away, the address is none: staff send again
        mail.state, mail.error = Mail.State.FAILED, str(error)
    else:
        mail.state, mail.sent_at = Mail.State.SENT, clock.now()
    mail.save(update_fields=["state", "error", "sent_at"])
