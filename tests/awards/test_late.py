"""Dossiers against their deadline: the minute that counts, grace, late ones refused or accepted and marked."""

from datetime import date

import pytest
from django.urls import reverse

from awards import actions, rules
from awards.models import Nomination
from congress import actions as plan
from congress.models import Congress, Extension
from core import clock
from core.models import AuditEntry
from core.refusal import Refused
from tests import factories as make
from tests.awards.scenes import make_nomination

State = Nomination.State


@pytest.fixture
def congress(cast, today) -> Congress:
    today(2020, 7, 14)
    return setting(cast, nominations_due=date(2020, 7, 15))


def setting(cast, **fields) -> Congress:
    for name, value in fields.items():
        setattr(cast.congress, name, value)
    cast.congress.save()
    return cast.congress


def submit_at(cast, nomination, text: str):
    with clock.arriving(make.moment(text)):
        return actions.submit(actor=cast.unit_head, nomination=nomination)


@pytest.mark.parametrize(
    ("grace", "late_acts", "arrives", "outcome"),
    [
        (0, "refuse", "2020-07-15 23:59:59", "in time"),
        (0, "refuse", "2020-07-16 00:00:00", "refused"),
        (0, "accept", "2020-07-16 00:00:00", "late"),
        (15, "refuse", "2020-07-16 00:14:59", "in time"),
        (15, "refuse", "2020-07-16 00:15:00", "refused"),
        (15, "accept", "2020-07-16 00:14:59", "in time"),
        (15, "accept", "2020-07-16 00:15:00", "late"),
    ],
)
def test_the_moment_it_arrived_decides(cast, congress, grace, late_acts, arrives, outcome):
    setting(cast, grace_minutes=grace, late_acts=late_acts)
    nomination = make_nomination(congress, cast.unit)
    if outcome == "refused":
        with pytest.raises(Refused, match="15/07/2020"):
            submit_at(cast, nomination, arrives)
        return
    sent = submit_at(cast, nomination, arrives)
    assert sent.late == (outcome == "late")
    assert sent.first_submitted_at == make.moment(arrives)
    entry = AuditEntry.objects.get(verb="nomination.submitted")
    assert entry.details.get("late", False) == (outcome == "late")
    after = arrives > "2020-07-16"
    assert ("arrived" in entry.details) == after  # in grace too: the trail notes when


def test_a_slow_act_counts_from_its_arrival(cast, congress, today):
    """The request came at 23:59; locks and a slow upload take it into the next day."""
    nomination = make_nomination(congress, cast.unit)
    today(2020, 7, 16)
    assert not submit_at(cast, nomination, "2020-07-15 23:59:59").late


@pytest.mark.parametrize("role", ["unit_head", "unit_clerk"])
def test_an_extension_lets_one_unit_send_and_no_other(cast, congress, role):
    plan.extend(
        actor=cast.officer,
        congress=congress,
        kind=Extension.Kind.NOMINATIONS,
        unit=cast.unit,
        until=date(2020, 7, 20),
        reason="Phong tỏa",
        document="CV 15",
    )
    unit = cast.unit if role == "unit_head" else cast.other_unit
    with clock.arriving(make.moment("2020-07-20 23:59:59")):
        assert (rules.why_not_start(getattr(cast, role), congress, unit) is None) == (role == "unit_head")
        assert (rules.why_not_start_anywhere(getattr(cast, role), congress) is None) == (role == "unit_head")
    with clock.arriving(make.moment("2020-07-21 00:00:00")):
        assert rules.why_not_start(getattr(cast, role), congress, unit)


def test_sent_in_the_time_of_an_extension_is_not_late_and_uses_it(cast, congress):
    extension = plan.extend(
        actor=cast.officer,
        congress=congress,
        kind=Extension.Kind.NOMINATIONS,
        unit=cast.unit,
        until=date(2020, 7, 20),
        reason="Phong tỏa",
        document="CV 15",
    )
    sent = submit_at(cast, make_nomination(congress, cast.unit), "2020-07-18 10:00:00")
    extension.refresh_from_db()
    assert not sent.late
    assert extension.used_at == make.moment("2020-07-18 10:00:00")


@pytest.mark.parametrize("late_acts", ["refuse", "accept"])
def test_a_returned_dossier_keeps_its_first_time_and_is_not_late(cast, congress, late_acts):
    """Edge case 17: returned with a day after the deadline, sent again on that day."""
    setting(cast, late_acts=late_acts)
    sent = submit_at(cast, make_nomination(congress, cast.unit), "2020-07-15 10:00:00")
    returned = actions.return_for_correction(
        actor=cast.officer, nomination=sent, reason="Thiếu quyết định", due=date(2020, 7, 25)
    )
    again = submit_at(cast, returned, "2020-07-25 23:59:59")
    assert again.first_submitted_at == make.moment("2020-07-15 10:00:00")
    assert not again.late
    assert "late" not in AuditEntry.objects.filter(verb="nomination.submitted").first().details


def test_what_came_late_the_first_time_stays_late(cast, congress):
    setting(cast, late_acts="accept")
    sent = submit_at(cast, make_nomination(congress, cast.unit), "2020-07-17 10:00:00")
    returned = actions.return_for_correction(
        actor=cast.officer, nomination=sent, reason="Thiếu quyết định", due=date(2020, 7, 25)
    )
    assert submit_at(cast, returned, "2020-07-20 10:00:00").late


def test_the_mark_is_shown(cast, congress, enter):
    setting(cast, late_acts="accept")
    sent = submit_at(cast, make_nomination(congress, cast.unit), "2020-07-17 10:00:00")
    make_nomination(congress, cast.far_unit, state=State.SUBMITTED)
    client = enter(cast.officer)
    listed = client.get(reverse("awards:nominations", args=["2020"])).text
    assert listed.count("Nộp muộn") == 1
    shown = client.get(sent.get_absolute_url()).text
    assert "10:00 thứ Sáu 17/07/2020" in shown
    assert "Nộp muộn" in shown
