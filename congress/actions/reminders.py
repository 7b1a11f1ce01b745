"""Reminders go out; links to calendars are made and dropped."""

import secrets

from django.db import transaction

from congress import queries, rules
from congress.models import CalendarLink, Congress, ReminderSent
from congress.models.reminders import token_digest
from core import audit, clock, outbox
from core.models import User
from core.refusal import refuse_if


@transaction.atomic
def send_reminders(*, actor: User | None, congress: Congress) -> int:
    """Remind whoever owes something today, each in one letter. Returns how many letters went into the outbox.

    All or nothing. Each person, duty, day and step is claimed under a unique constraint: run twice, or by two at the
    same moment, it reminds once. Who wants no reminders or has no e-mail is left out and may be reminded later.
    """
    refuse_if(rules.why_not_remind(actor))
    letters = items = 0
    for batch in queries.batches(congress, clock.today()):
        if batch.why_none:
            continue
        claimed = {item: _claim(congress, batch.person, item) for item in batch.items}
        mine = {item: row for item, row in claimed.items() if row}
        if not mine:
            continue
        subject, body = queries.letter(congress, batch.person, list(mine))
        mail = outbox.send(to=batch.person, subject=subject, body=body)
        ReminderSent.objects.filter(pk__in=[row.pk for row in mine.values()]).update(mail=mail)
        letters, items = letters + 1, items + len(mine)
    if letters:
        audit.record(actor, "reminders.sent", congress, letters=letters, matters=items)
    return letters


def _claim(congress: Congress, person: User, item: queries.Item) -> ReminderSent | None:
    """The row that makes this reminder ours to send; None when somebody has sent it."""
    row, made = ReminderSent.objects.get_or_create(
        congress=congress, user=person, key=item.duty.key, due=item.duty.due, step=item.step
    )
    return row if made else None


@transaction.atomic
def renew_calendar_link(*, actor: User) -> str:
    """Make the private link to one's calendar, or a new one: the old one is dead. Returns its token, shown once."""
    token = secrets.token_urlsafe(32)
    values = {"digest": token_digest(token), "at": clock.now()}
    CalendarLink.objects.update_or_create(user=actor, defaults=values)
    audit.record(actor, "calendar.link_renewed", actor)
    return token


@transaction.atomic
def drop_calendar_link(*, actor: User) -> None:
    """Let the private link to one's calendar lead nowhere."""
    dropped, _rows = CalendarLink.objects.filter(user=actor).delete()
    if dropped:
        audit.record(actor, "calendar.link_dropped", actor)
