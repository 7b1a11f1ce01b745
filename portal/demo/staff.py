"""The invented accounts: those to sign in as, the heads of units, and how each came to its office."""

from dataclasses import replace
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password

from awards import actions as awards
from congress.models import Congress
from core import accounts, clock
from core.models import User
from portal.demo.accounts import ACCOUNTS, DOMAIN, PASSWORD
from portal.demo.people import Person, known
from units import actions as offices
from units.models import BlockOffice, Office, Unit

SINCE = date(2019, 8, 1)
NAMED_MEMBERS = {"thanh": "chair", "hang": "secretary", "phuoc": "member", "thao": "member"}
INVENTED_MEMBERS = ["first_vice", "standing_vice", *["member"] * 9]  # with those named: fifteen, an odd number
MEMBERS_FROM = 200  # the Council's among the people whom the story knows


@cache
def _hashed() -> str:
    """Everybody has the one password that is printed on the screen: hashed once, which gives nothing away."""
    return make_password(PASSWORD)


def account(username: str, full_name: str) -> User:
    """An invented account with the demonstration's password."""
    user = accounts.create(actor=None, username=username, full_name=full_name, email=f"{username}@{DOMAIN}")
    user.password = _hashed()
    user.save(update_fields=["password"])
    return user


def make_accounts() -> None:
    """Those to sign in as, each with the office, and the unit that leads the block."""
    for given in ACCOUNTS:
        user = account(given.username, given.full_name)
        if given.office:
            unit = Unit.objects.get(code=given.unit) if given.unit else None
            offices.appoint(actor=None, user=user, role=given.office, unit=unit, starts=SINCE)
    office = Unit.objects.get(code="VPB")
    for year in (2019, 2020):
        offices.lead_block(actor=None, block=office.block, unit=office, role=BlockOffice.Role.HEAD, year=year)


def seat_council(congress: Congress) -> None:
    """Fifteen members, four of them to sign in as."""
    members = [(User.objects.get(username=username), post) for username, post in NAMED_MEMBERS.items()]
    for number, post in enumerate(INVENTED_MEMBERS, start=1):
        members.append((account(f"uy-vien-{number:02}", known(MEMBERS_FROM + number).full_name), post))
    for user, post in members:
        awards.give_seat(actor=officer(), congress=congress, user=user, post=post, starts=SINCE)


def officer() -> User:
    """The Department's officer."""
    return User.objects.get(username="lan")


def head_person(unit: Unit) -> Person:
    """Who heads a unit: one of those to sign in as, or somebody invented for it."""
    person = known(unit.order)
    given = next((one for one in ACCOUNTS if one.office == Office.Role.UNIT_HEAD and one.unit == unit.code), None)
    return replace(person, full_name=given.full_name, sex=given.sex) if given else person


def head_of(unit: Unit) -> User:
    """The account of a unit's head, made when there is none."""
    held = unit.offices.on(clock.today()).filter(role=Office.Role.UNIT_HEAD).first()
    if held:
        return held.user
    user = account(f"truong-{unit.code.lower().replace('_', '-')}", head_person(unit).full_name)
    offices.appoint(actor=None, user=user, role=Office.Role.UNIT_HEAD, unit=unit, starts=SINCE)
    return user
