"""A job's page: how far it is, the file at the end, or the reason why there is none."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from core import jobs
from core.models import Job


def _own(request: HttpRequest, pk) -> Job:
    return get_object_or_404(Job, pk=pk, actor=request.user)


def job(request: HttpRequest, pk) -> HttpResponse:
    """The progress page; asked by its own script, the moving part alone."""
    found = _own(request, pk)
    part = "X-Part" in request.headers
    if found.state == Job.State.DONE and found.result_url and not part:
        return redirect(found.result_url)
    return render(request, "core/_job.html" if part else "core/job.html", {"job": found})


def job_file(request: HttpRequest, pk) -> FileResponse:
    found = _own(request, pk)
    if not found.file:
        return redirect(found)
    return FileResponse(found.file.open(), as_attachment=True, filename=found.filename, content_type=found.content_type)


@require_POST
def job_cancel(request: HttpRequest, pk) -> HttpResponse:
    found = _own(request, pk)
    jobs.cancel(actor=request.user, job=found)
    return redirect(found)
