"""Some who look like one person: registered twice by two units, and two who only share a name."""

from congress.models import Congress
from core.vietnamese import PartialDate
from delegates import actions as delegates
from delegates.models import Delegate, Quota

CATEGORY = "DHTT"


def register_twice(congress: Congress) -> list[Delegate]:
    """Two people are registered by a second unit as well, one of them by the same phone alone; one gets a namesake."""
    places = _free_places(congress)
    first, second, third = congress.delegates.filter(category__code=CATEGORY).order_by("pk")[:3]
    return [
        _again(places, first, birth=PartialDate(first.birth.year), position="Trưởng phòng", email=""),
        _again(places, second, full_name=f"{second.full_name} Anh", email=""),
        _again(places, third, phone="0986540012", email="", position="Kế toán trưởng"),
    ]


def _free_places(congress: Congress) -> list[Quota]:
    """Seats that are left, of the smaller units last."""
    quotas = Quota.objects.filter(congress=congress, category__code=CATEGORY, unit__isnull=False)
    taken = congress.delegates.seated()
    return [
        quota
        for quota in quotas.select_related("congress", "unit", "category").order_by("-seats", "pk")
        if taken.filter(unit=quota.unit, category=quota.category).count() < quota.seats
    ]


def _again(places: list[Quota], delegate: Delegate, **changed) -> Delegate:
    """The same person once more, by another unit, with what that unit wrote differently."""
    place = next(quota for quota in places if quota.unit_id != delegate.unit_id)
    places.remove(place)
    person = {name: getattr(delegate, name) for name in Delegate.PERSON} | changed
    return delegates.register(actor=None, congress=place.congress, unit=place.unit, category=place.category, **person)
