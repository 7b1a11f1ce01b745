"""Which edition an address speaks of: `/<congress>/…`."""

from django.http import Http404, HttpRequest

from congress.models import Congress


def edition(request: HttpRequest, slug: str) -> Congress:
    """The congress of the address, kept on the request for the frame around the page. Raises Http404."""
    kept = getattr(request, "congress", None)
    if kept is None or kept.slug != slug:
        kept = Congress.objects.filter(slug=slug).first()
        if kept is None:
            raise Http404
        request.congress = kept  # type: ignore[attr-defined]
    return kept


def current(request: HttpRequest) -> Congress | None:
    """The edition of the address, else the current one, else none."""
    if not hasattr(request, "congress"):
        request.congress = Congress.objects.filter(is_current=True).first()  # type: ignore[attr-defined]
    return request.congress
