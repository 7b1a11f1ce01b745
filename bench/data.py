"""Data to measure with: the plan, and as many invented delegates as asked for."""

from itertools import cycle, islice
from random import Random

from django.core.management import call_command
from django.db import connection

from congress.models import Congress
from core.models import User
from delegates.models import Category, Delegate, EthnicGroup, Quota
from portal.demo.people import FAMILIES, GIVEN, MIDDLES
from units.models import Unit


def prepare() -> Congress:
    """The plan and the spring demonstration, once."""
    call_command("migrate", verbosity=0)
    call_command("load_demo", stage="spring", verbosity=0)
    return Congress.objects.get(is_current=True)


def fill(congress: Congress, number: int) -> None:
    """Leave exactly `number` delegates, spread over the units; quotas follow."""
    Delegate.objects.filter(congress=congress).delete()
    random = Random(number)
    units, categories = list(Unit.objects.active()), list(Category.objects.filter(congress=congress, by_unit=True))
    groups = list(EthnicGroup.objects.all())
    places = list(islice(cycle([(unit, category) for unit in units for category in categories]), number))
    Delegate.objects.bulk_create(
        (
            Delegate(
                congress=congress,
                unit=unit,
                category=category,
                full_name=f"{random.choice(FAMILIES)} {random.choice(MIDDLES['male'])} {random.choice(GIVEN['male'])}",
                birth=str(random.randint(1960, 1995)),
                sex=random.choice(["male", "female"]),
                position="Chuyên viên",
                represents="Phòng Tổng hợp" if category.represents_collective else "",
                ethnic_group=random.choice(groups),
                phone=f"09{random.randint(0, 99_999_999):08}",
                state=random.choice(["registered", "confirmed", "confirmed"]),
            )
            for unit, category in places
        ),
        batch_size=2000,
    )
    for unit in units:
        for category in categories:
            taken = sum(place == (unit, category) for place in set(places)) * (number // len(set(places)) + 5)
            Quota.objects.update_or_create(
                congress=congress, unit=unit, category=category, defaults={"seats": taken + 100_000 // len(units)}
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def people() -> dict[str, User]:
    """Who asks in the measurement, by role."""
    return {name: User.objects.get(username=name) for name in ("lan", "minh", "nhung", "thao")}
