"""Writes the other categories that a delegate belongs to; the one whose seat is taken is never among them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from delegates.models import Category, Delegate


def _tags(delegate: Delegate, tags: Iterable[Category]) -> list[Category]:
    """The tags that a delegate can have, each once. Raises ValidationError for a category of another congress."""
    found = {tag.pk: tag for tag in tags if tag.pk != delegate.category_id}
    if any(tag.congress_id != delegate.congress_id for tag in found.values()):
        raise ValidationError({"tags": _("This category belongs to another congress.")})
    return sorted(found.values(), key=lambda tag: (tag.order, tag.pk))


def _add_tags(tags: Iterable[tuple[Delegate, Iterable[Category]]]) -> None:
    """Give new delegates their tags; one query, none without tags."""
    made = Delegate.tags.through
    made.objects.bulk_create(
        [made(delegate=delegate, category=tag) for delegate, own in tags for tag in _tags(delegate, own)]
    )


def _change_tags(delegate: Delegate, tags: Iterable[Category] | None) -> dict[str, list[str]]:
    """Let a locked delegate have these tags; None: those that stand, without the category of the seat.

    What changed, for the trail.
    """
    before = list(delegate.tags.all())
    after = _tags(delegate, before if tags is None else tags)
    if {tag.pk for tag in before} == {tag.pk for tag in after}:
        return {}
    delegate.tags.set(after)
    label = str(Delegate._meta.get_field("tags").verbose_name)  # type: ignore[union-attr]
    return {label: ["; ".join(tag.short for tag in some) for some in (before, after)]}
