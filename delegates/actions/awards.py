"""Writes the awards that a delegate holds; the highest of them stands in the delegate's own row."""

from congress.models.awards import as_text
from delegates.models import Delegate, DelegateAward
from delegates.models.awards import Rows, held, rows_of


def _change_awards(delegate: Delegate, rows: Rows | None) -> dict[str, list[str]]:
    """Let a locked delegate hold these awards; None: those that are held, looked at anew. What changed, for the trail.

    The delegate's own row is set and not saved.
    """
    before = list(delegate.awards.select_related("award"))
    after = held(delegate, rows_of(delegate) if rows is None else rows)
    texts = [as_text(before), as_text(after)]
    if texts[0] == texts[1]:
        return {}
    delegate.awards.all().delete()
    DelegateAward.objects.bulk_create(after)
    return {str(DelegateAward._meta.verbose_name_plural): texts}
