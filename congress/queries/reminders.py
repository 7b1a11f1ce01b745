"""Whom a reminder would reach today, with what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from congress.duties import Duty, duties
from congress.fields import reminder_days
from congress.models import Congress
from congress.reminders import step_due
from core.models import User
from core.vietnamese import weekday_date
from units.models import Unit
from units.queries import acting


@dataclass(frozen=True)
class Item:
    """A duty that somebody is to be reminded of, at a step."""

    duty: Duty
    step: int
    left: int  # days until its day; negative after it

    @property
    def when(self) -> str:
        """'thứ Tư, 15/07/2020 (còn 7 ngày)'."""
        return f"{weekday_date(self.duty.due)} ({self.how_long})"

    @property
    def how_long(self) -> str:
        """How many days are left, or have passed."""
        if self.left < 0:
            return ngettext("%(n)s day late", "%(n)s days late", -self.left) % {"n": -self.left}
        if self.left == 0:
            return _("today")
        return ngettext("%(n)s day left", "%(n)s days left", self.left) % {"n": self.left}


@dataclass
class Batch:
    """One person's reminders of a day: one letter."""

    person: User
    items: list[Item] = field(default_factory=list)

    @property
    def why_none(self) -> str:
        """Why no letter goes to this person; nothing when one does."""
        if self.person.no_reminders:
            return _("wants no reminders")
        return "" if self.person.email else _("has no e-mail")


def owing(congress: Congress, owed: Iterable[Duty], day: date) -> dict[int, tuple[User, list[Duty]]]:
    """Who owes these duties, by person. For the Department's own unit its officers act."""
    owed = list(owed)
    held = acting({unit for duty in owed for unit in duty.unit_ids}, day)
    in_charge = {user for duty in owed for user in duty.user_ids}
    named = User.objects.filter(is_active=True).in_bulk(in_charge) if in_charge else {}
    own = Unit.objects.filter(name_vi=congress.department_vi).values_list("pk", flat=True).first()
    if own:
        held.people[own] = held.heads[own] = held.department
    found: dict[int, tuple[User, list[Duty]]] = {}
    for duty in owed:
        people = [named[user] for user in duty.user_ids if user in named]
        for unit in duty.unit_ids:
            people += (held.heads if duty.by_head else held.people).get(unit, [])
        for person in people:
            mine = found.setdefault(person.pk, (person, []))[1]
            if duty not in mine:
                mine.append(duty)
    return found


Sent = dict[tuple[int, str, date, int], datetime]  # person, duty, its day, step → when


def sent(congress: Congress) -> Sent:
    """The reminders that went out in a congress. One query."""
    rows = congress.reminders.order_by().values_list("user", "key", "due", "step", "at")
    return {(user, key, due, step): at for user, key, due, step, at in rows}


def batches(congress: Congress, day: date, out: Sent | None = None) -> list[Batch]:
    """Whom to remind on a day, of what: those who were reminded already of a duty at this step are left out.

    `out`: what went out already, where the caller has it at hand.
    """
    steps = reminder_days(congress.reminder_days)
    owed = duties(congress, day)
    due = {duty.key: step_due(duty.due, day, steps) for duty in owed}
    wanted = [duty for duty in owed if due[duty.key] is not None]
    out = sent(congress) if out is None else out
    found = []
    for person, mine in owing(congress, wanted, day).values():
        items = []
        for duty in mine:
            step = due[duty.key]
            assert step is not None  # noqa: S101 those without one were left out
            if (person.pk, duty.key, duty.due, step) not in out:
                items.append(Item(duty, step, (duty.due - day).days))
        if items:
            found.append(Batch(person, items))
    return sorted(found, key=lambda batch: (bytes(batch.person.sort_key), batch.person.pk))


def letter(congress: Congress, person: User, items: list[Item]) -> tuple[str, str]:
    """Subject and text of one person's reminder, in that person's language."""
    host = settings.PORTAL_ADDRESS.rstrip("/")
    with override(person.language):
        number = len(items)
        words = {"n": number, "congress": congress.short}
        subject = ngettext("Reminder: %(n)s matter – %(congress)s", "Reminder: %(n)s matters – %(congress)s", number)
        lines = [_("Dear %(name)s,") % {"name": person}, "", _("These matters wait for you:")]
        for place, item in enumerate(items, start=1):
            lines += [
                "",
                f"{place}. {item.duty.title}",
                _("Due: %(when)s") % {"when": item.when},
                host + item.duty.path,
            ]
        lines += ["", _("Questions: %(phone)s.") % {"phone": congress.phone}]
        lines.append(_("No reminders wanted? Switch them off here: %(url)s") % {"url": host + reverse("core:profile")})
        return subject % words, "\n".join(lines)
