"""Files that people have handed in, for whom the thing that they belong to lets in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from core import uploads
from core.models import Upload


def file(request: HttpRequest, pk) -> HttpResponse:
    """An attached file: always as a download, never as a page of the portal."""
    found = get_object_or_404(Upload, pk=pk)
    if not uploads.may_read(request.user, found):
        raise Http404
    with found.file.open() as content:
        answer = HttpResponse(content.read(), content_type=found.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
