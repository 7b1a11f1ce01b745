"""What must hold over the live data of a congress; `manage.py check_invariants` counts it anew."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import gettext as _

from congress.models import Congress
from core.models import Upload
from core.vietnamese import clean, fold, person_key
from delegates.composition import Tally
from delegates.models import Delegate, DelegateAward
from delegates.models.awards import highest
from delegates.queries import seat_roll
from delegates.tallies import by_unit, counted


def faults(congress: Congress) -> list[str]:
    """Every fault of the congress's seats and delegates in words; nothing when all is well."""
    return [*_seats(congress), *_people(congress), *_awards(congress), *_photos(congress), *_tallies(congress)]


def _seats(congress: Congress) -> Iterator[str]:
    """Dossier 4.11-2: nobody sits where there is no seat."""
    for cell in seat_roll(congress).cells:
        place = {
            "unit": cell.unit or _("The Ministry"),
            "category": cell.category,
            "taken": cell.seats.taken,
            "seats": cell.seats.seats,
        }
        if cell.seats.over:
            yield _("%(unit)s – %(category)s: %(taken)s delegates on %(seats)s seats.") % place
    gone = Q(unit__merged_into__isnull=False) & (Q(unit__closed_on__lte=congress.held_on) if congress.held_on else Q())
    for delegate in congress.delegates.seated().filter(gone):
        yield _("%(name)s (%(number)s) was left behind with a unit that was merged into another.") % _name(delegate)
    for quota in congress.quotas.filter(gone, seats__gt=0):
        yield _("%(quota)s: seats of a unit that was merged into another.") % {"quota": quota}
    for delegate in congress.delegates.seated().filter(unit__isnull=False, category__by_unit=False):
        yield _("%(name)s (%(number)s): units do not register this category.") % _name(delegate)


def _name(delegate: Delegate) -> dict:
    return {"name": delegate, "number": delegate.pk}


def _people(congress: Congress) -> Iterator[str]:
    """Dossier 4.11-3 and 11: who represents whom, categories of this congress, names clean and their keys right."""
    people = congress.delegates.select_related("category").order_by("pk")
    for delegate in people.iterator(chunk_size=2000):
        name = _name(delegate)
        if delegate.category.congress_id != congress.pk:
            yield _("%(name)s (%(number)s): the category belongs to another congress.") % name
        if delegate.category.represents_collective and not delegate.represents:
            yield _("%(name)s (%(number)s): the collective is missing.") % name
        if delegate.full_name != clean(delegate.full_name) or delegate.folded != fold(delegate.full_name):
            yield _("%(name)s (%(number)s): the name is not clean, or a search does not find it.") % name
        if bytes(delegate.sort_key) != person_key(delegate.full_name):
            yield _("%(name)s (%(number)s): sorted under another name.") % name
    yield from _replacements(congress)


def _replacements(congress: Congress) -> Iterator[str]:
    """Dossier 4.9: who was replaced has left the seat, and every link says whom its chain began with."""
    links = {one.successor_id: one for one in congress.replacements.select_related("replaced", "successor")}
    for one in links.values():
        if one.replaced.state != Delegate.State.WITHDRAWN:
            yield _("%(name)s (%(number)s) comes instead of somebody who still has the seat.") % _name(one.successor)
        before = links.get(one.replaced_id)
        if one.first_id != (before.first_id if before else one.replaced_id):
            yield _("%(name)s (%(number)s): the chain of replacements does not say where it began.") % _name(
                one.successor
            )


def _photos(congress: Congress) -> Iterator[str]:
    """Every photo is somebody's, and lies where it should."""
    label = Delegate._meta.label_lower
    people = congress.delegates.all()
    kept = Upload.objects.filter(owner_type=label, owner_id__in=people.values("pk"))
    for upload in kept.exclude(pk__in=people.filter(photo__isnull=False).values("photo")):
        yield _("The file %(file)s is a photo of nobody.") % {"file": upload.pk}
    for delegate in people.filter(photo__isnull=False).select_related("photo"):
        photo = delegate.photo
        if photo and (photo.owner_id != delegate.pk or not photo.file.storage.exists(str(photo.file.name))):
            yield _("The photo of %(name)s (%(number)s) is not where it should be.") % _name(delegate)


def _awards(congress: Congress) -> Iterator[str]:
    """What a delegate's row keeps of the highest award is what the rows of awards say; tags are other categories."""
    held: dict[int, list[DelegateAward]] = {}
    for award in DelegateAward.objects.filter(delegate__congress=congress).select_related("award"):
        held.setdefault(award.delegate_id, []).append(award)
    tags = Delegate.tags.through.objects.filter(delegate__congress=congress)
    for tag in tags.filter(~Q(category__congress=congress) | Q(category=F("delegate__category"))):
        yield _("%(name)s (%(number)s): a category besides that of the seat is the same, or of another congress.") % (
            _name(tag.delegate)
        )
    for delegate in congress.delegates.filter(Q(highest_award__isnull=False) | Q(pk__in=list(held))).order_by("pk"):
        best = highest(held.get(delegate.pk, []))
        said = (best.award_id, best.year, best.decision_number) if best else (None, None, "")
        if said != (delegate.highest_award_id, delegate.award_year, delegate.award_decision):
            yield _("%(name)s (%(number)s): the highest award is not the highest of those held.") % _name(delegate)


def _tallies(congress: Congress) -> Iterator[str]:
    """Dossier 4.4: what the make-up adds up to is what stands in the rows."""
    rows, kept = counted(congress, None), by_unit(congress)
    for unit in rows.keys() | kept.keys():
        if rows.get(unit, Tally()) != kept.get(unit, Tally()):
            yield _("The tally of unit %(number)s does not say what its rows say.") % {"number": unit or "–"}
