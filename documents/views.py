"""The papers of a congress, and the buttons that make them."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core import jobs
from core.once import once
from core.refusal import refuse_if
from documents import actions
from documents.catalogue import FORMATS, find, open_to
from documents.jobs import KIND

IN_THE_WORKER = {"pdf"}  # the engine must not bring down a web process


def index(request: HttpRequest, congress: str) -> HttpResponse:
    """Every paper that this person may take, in each format."""
    return render(request, "documents/index.html", {"exports": open_to(request.user, congress), "congress": congress})


@require_POST
def take(request: HttpRequest, congress: str, key: str, format_key: str) -> HttpResponse:
    """Make a paper: Excel and Word at once, PDF by the worker. A POST, because the trail says who took what."""
    found = find(key)
    if found is None or format_key not in FORMATS:
        raise Http404
    refuse_if(found.why_not(request.user, congress))
    query = request.POST.get("query", "")
    if format_key in IN_THE_WORKER:
        params = {"key": key, "format": format_key, "edition": congress, "query": query}
        return _job(request, str(found.title), params)
    name, content = actions.export(
        actor=request.user,
        export=found,
        format_key=format_key,
        edition=congress,
        params=QueryDict(query),
        tick=lambda _done, _total: None,
    )
    response = HttpResponse(content, content_type=FORMATS[format_key].content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@once
def _job(request: HttpRequest, title: str, params: dict[str, str]) -> HttpResponse:
    """The worker's job; a second click is led to the first one's."""
    return redirect(jobs.start(actor=request.user, kind=KIND, title=title, params=params))
