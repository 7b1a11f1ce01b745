"""Deadlines extended for one unit: who, until when, for whom it counts, and what is told."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress import actions, queries, rules
from congress.models import Congress, Extension
from congress.reports import SCAN
from core import audit, clock
from core.models import AuditEntry, Mail
from core.refusal import Denial, Refused
from tests import factories as make
from units.models import Office

Kind = Extension.Kind
DUE, LATER = date(2020, 7, 15), date(2020, 7, 20)


@pytest.fixture
def congress(cast, today) -> Congress:
    today(2020, 7, 14)
    cast.congress.nominations_due = DUE
    cast.congress.registration_due = date(2020, 8, 31)
    cast.congress.save()
    return cast.congress


def extend(cast, actor=None, **fields) -> Extension:
    values = {
        "congress": cast.congress,
        "kind": Kind.NOMINATIONS,
        "unit": cast.unit,
        "until": LATER,
        "reason": "Đơn vị bị phong tỏa do dịch",
        "document": "Công văn 15/CV-VNCNN ngày 10/7/2020",
    }
    return actions.extend(actor=actor or cast.officer, **values | fields)


def test_the_department_alone_extends_and_takes_back(cast, congress):
    extension = extend(cast)
    for name, user in cast.roles.items():
        may = name in {"officer", "department_head"}
        assert (rules.why_not_extend_any(user) is None) == may, name
        assert (rules.why_not_take_back(user, extension) is None) == may, name
        if not may:
            assert isinstance(rules.why_not_extend_any(user), Denial)
            with pytest.raises(Refused):
                extend(cast, actor=user, until=date(2020, 7, 25))


def test_it_counts_for_that_unit_and_that_deadline_alone(cast, congress):
    extend(cast)
    days = {
        (kind, unit.code): rules.deadline(congress, kind, unit.pk).day
        for kind in (Kind.NOMINATIONS, Kind.REGISTRATION)
        for unit in (cast.unit, cast.other_unit, cast.far_unit)
    }
    assert days.pop((Kind.NOMINATIONS, cast.unit.code)) == LATER
    assert set(days.values()) == {DUE, date(2020, 8, 31)}
    assert [one.unit for one in rules.extended(congress, Kind.NOMINATIONS, [cast.unit.pk, cast.far_unit.pk])] == [
        cast.unit
    ]


@pytest.mark.parametrize(
    ("until", "refused"),
    [
        (date(2020, 7, 1), "15/07/2020"),  # shorter than what everybody has
        (DUE, "15/07/2020"),
        (date(2020, 7, 16), ""),
        (date(2020, 2, 29), "15/07/2020"),
    ],
)
def test_an_extension_gives_days(cast, congress, until, refused):
    if refused:
        with pytest.raises(Refused, match=refused):
            extend(cast, until=until)
        assert not Extension.objects.exists()
    else:
        assert extend(cast, until=until).until == until


def test_a_second_one_must_go_further_and_then_counts(cast, congress):
    extend(cast)
    with pytest.raises(Refused, match="20/07/2020"):
        extend(cast, until=LATER)
    second = extend(cast, until=date(2020, 7, 31))
    assert second.old_until == LATER
    assert second.common == DUE
    assert rules.deadline(congress, Kind.NOMINATIONS, cast.unit.pk).day == date(2020, 7, 31)
    actions.take_back_extension(actor=cast.officer, extension=second)
    fresh = Congress.objects.get(pk=congress.pk)
    assert rules.deadline(fresh, Kind.NOMINATIONS, cast.unit.pk).day == LATER  # what held before holds again


def test_after_the_day_one_may_still_be_given_but_not_into_the_past(cast, congress, today):
    today(2020, 7, 18)
    with pytest.raises(Refused, match=r"quá khứ"):
        extend(cast, until=date(2020, 7, 17))
    assert extend(cast, until=date(2020, 7, 18))


def test_without_a_day_there_is_nothing_to_extend(cast, congress):
    Congress.objects.update(nominations_due=None)
    with pytest.raises(Refused):
        extend(cast)


def test_a_unit_that_is_no_more_gets_none(cast, congress):
    cast.unit.is_active = False
    with pytest.raises(Refused):
        extend(cast)


def test_the_database_holds_it_too(cast, congress):
    values = {"congress": congress, "unit": cast.unit, "kind": "nominations", "common": DUE, "old_until": DUE}
    for fault in ({"until": DUE}, {"until": LATER, "kind": "report"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Extension.objects.create(**values | fault)


# ---- Reports of conferences ----


def test_a_report_is_extended_for_its_host(cast, congress):
    held = make.make_conference(congress, cast.unit, held_on=date(2020, 7, 1), session="morning")
    other = make.make_conference(congress, cast.far_unit, held_on=date(2020, 7, 1), session="morning")
    with pytest.raises(Refused):
        extend(cast, kind=Kind.REPORT, conference=held, unit=cast.far_unit)
    extend(cast, kind=Kind.REPORT, conference=held)
    for conference in (held, other):
        conference.congress = congress
    assert rules.report_due(held) == LATER
    assert rules.report_due(other) == date(2020, 7, 11)
    assert queries.standing(held, date(2020, 7, 15)) != queries.standing(other, date(2020, 7, 15))
    assert len(rules.extended_report(held)) == 1
    assert rules.extended_report(other) == []


def test_of_a_block_whoever_leads_it_today(cast, congress):
    conference = make.make_conference(
        congress, cast.unit, host_block=cast.block, held_on=date(2020, 7, 1), session="morning"
    )
    with pytest.raises(Refused):
        extend(cast, kind=Kind.REPORT, conference=conference, unit=cast.unit)
    leading = Office.objects.get(user=cast.block_head).unit
    assert extend(cast, kind=Kind.REPORT, conference=conference, unit=leading)


@pytest.mark.parametrize("days", [1, 10, 30])
@pytest.mark.parametrize("day", [date(2020, 2, 19), date(2020, 1, 15), date(2020, 6, 20), date(2019, 12, 31)], ids=str)
def test_a_report_is_due_so_many_days_after_its_conference(cast, congress, day, days):
    congress.report_days = days
    conference = make.make_conference(congress, cast.unit, held_on=day, session="morning")
    assert (rules.report_due(conference) - day).days == days
    conference.held_on = None
    assert rules.report_due(conference) is None


# ---- Told ----


def test_the_trail_of_the_unit_keeps_days_reason_paper_and_who(cast, congress):
    extend(cast)
    entry = AuditEntry.objects.get(verb="deadline.extended")
    assert entry.actor == cast.officer
    assert entry.object_label == cast.unit.name
    assert "phong tỏa" in entry.reason
    assert ["15/07/2020", "20/07/2020"] in entry.details["changes"].values()
    assert "15/CV-VNCNN" in str(entry.details)
    assert not list(audit.faults())


def test_head_and_clerk_get_a_letter_in_their_language(cast, congress):
    clerk = make.make_user("clerk_of_unit", language="en")
    make.make_office(clerk, Office.Role.UNIT_CLERK, cast.unit)
    gone = make.make_user("gone", is_active=False)
    make.make_office(gone, Office.Role.UNIT_CLERK, cast.unit)
    extension = extend(cast)
    letters = {mail.recipient: mail for mail in Mail.objects.all()}
    assert set(letters) == {cast.unit_head, clerk}
    assert "20/07/2020" in letters[clerk].body
    assert "15/CV-VNCNN" in letters[clerk].body
    assert "by Công văn" in letters[clerk].body
    assert "theo Công văn" in letters[cast.unit_head].body
    actions.take_back_extension(actor=cast.officer, extension=extension)
    assert Mail.objects.count() == 4


def test_what_was_taken_back_is_not_taken_back_again(cast, congress):
    extension = extend(cast)
    actions.take_back_extension(actor=cast.officer, extension=extension)
    with pytest.raises(Refused):
        actions.take_back_extension(actor=cast.officer, extension=extension)


def test_one_that_was_used_stays(cast, congress, today):
    extension = extend(cast)
    use = {"actor": cast.unit_head, "congress": congress, "kind": Kind.NOMINATIONS, "unit": cast.unit}
    actions.use_extension(**use, arrived=make.moment("2020-07-15 23:59"))
    extension.refresh_from_db()
    assert extension.used_at is None  # everybody still had time
    actions.use_extension(**use, arrived=make.moment("2020-07-16 00:00"))
    actions.use_extension(**use, arrived=make.moment("2020-07-17 00:00"))
    extension.refresh_from_db()
    assert extension.used_at == make.moment("2020-07-16 00:00")
    assert AuditEntry.objects.filter(verb="deadline.extension_used").count() == 1
    with pytest.raises(Refused):
        actions.take_back_extension(actor=cast.officer, extension=extension)


# ---- Pages ----


def page(cast, enter, role: str):
    return enter(getattr(cast, role)).get(reverse("congress:deadlines", args=["2020"]))


def test_who_sees_which(cast, congress, enter):
    extend(cast)
    extend(cast, unit=cast.far_unit, until=date(2020, 7, 19), reason="Lý do của đơn vị khác")
    seen = {name: page(cast, enter, name).text for name in cast.roles}
    for name, text in seen.items():
        department = name in {"officer", "department_head"}
        assert ("phong tỏa" in text) == (department or name == "unit_head"), name
        assert ("đơn vị khác" in text) == department, name
        assert "15/07/2020" in text


def test_the_form_keeps_what_was_typed_and_names_the_fault(cast, congress, enter):
    url = reverse("congress:extend", args=["2020"])
    data = {
        "unit": cast.unit.pk,
        "deadline": "nominations",
        "until": "1/7/2020",
        "reason": "Phong tỏa do dịch",
        "document": "Công văn 15",
        "once": str(uuid4()),
    }
    answer = enter(cast.officer).post(url, data)
    assert answer.status_code == 200
    assert "Phong tỏa do dịch" in answer.text
    assert "15/07/2020" in answer.text
    assert 'href="#id_until"' in answer.text
    for missing in ("unit", "deadline", "until", "reason", "document"):
        again = enter(cast.officer).post(url, {**data, missing: "", "once": str(uuid4())})
        assert again.status_code == 200, missing
        assert f'href="#id_{missing}"' in again.text
    assert not Extension.objects.exists()
    for _time in range(2):  # twice has one effect
        done = enter(cast.officer).post(url, {**data, "until": "20/7/2020"})
        assert done.status_code == 302
    assert Extension.objects.count() == 1


def test_a_report_is_chosen_by_its_conference(cast, congress, enter):
    conference = make.make_conference(congress, cast.unit, held_on=date(2020, 7, 10), session="morning")
    data = {
        "unit": cast.unit.pk,
        "deadline": f"report-{conference.pk}",
        "until": "30/07/2020",
        "reason": "Chờ biên bản",
        "document": "Công văn 16",
        "once": str(uuid4()),
    }
    enter(cast.officer).post(reverse("congress:extend", args=["2020"]), data)
    assert Extension.objects.get().conference == conference
    shown = enter(cast.unit_head).get(reverse("congress:conference", args=["2020", conference.pk]))
    assert "Công văn 16" in shown.text


def test_taken_back_with_a_button(cast, congress, enter):
    extension = extend(cast)
    url = reverse("congress:extension_take_back", args=["2020", extension.pk])
    assert enter(cast.unit_head).post(url).status_code == 403
    assert enter(cast.stranger).post(url).status_code == 404
    assert url in page(cast, enter, "officer").text
    assert url not in page(cast, enter, "unit_head").text
    assert enter(cast.officer).post(url).status_code == 302
    extension.refresh_from_db()
    assert extension.taken_back_by == cast.officer
    assert url not in page(cast, enter, "officer").text


def test_the_unit_sees_it_where_the_deadline_is_shown(cast, congress, enter):
    extend(cast)
    extend(cast, kind=Kind.REGISTRATION, until=date(2020, 9, 10), document="Công văn 99")
    client = enter(cast.unit_head)
    for name, paper in (("awards:nominate", "15/CV-VNCNN"), ("awards:nominations", "15/CV-VNCNN")):
        assert paper in client.get(reverse(name, args=["2020"])).text
    assert "Công văn 99" in client.get(reverse("delegates:unit", args=["2020", cast.unit.pk])).text
    assert "15/CV-VNCNN" in client.get("/").text
    assert "15/CV-VNCNN" in enter(cast.officer).get(cast.unit.get_absolute_url()).text  # in its history
    assert "15/CV-VNCNN" not in enter(cast.unit_clerk).get(reverse("awards:nominate", args=["2020"])).text


@pytest.mark.parametrize("rows", [1, 5])
def test_as_many_queries_with_five_as_with_one(cast, congress, enter, django_assert_max_num_queries, rows):
    for number in range(rows):
        extend(cast, until=date(2020, 7, 20 + number))
    client = enter(cast.officer)
    with django_assert_max_num_queries(8):
        client.get(reverse("congress:deadlines", args=["2020"]))


# ---- Arrival ----


def test_the_arrival_is_noted_once_for_a_request(cast, congress):
    with clock.arriving(make.moment("2020-07-15 23:59")):
        assert clock.arrived() == make.moment("2020-07-15 23:59")
    assert clock.arrived().date() == date(2020, 7, 14)  # outside a request: now


def test_every_request_has_its_arrival(cast, congress, enter, monkeypatch):
    seen = []
    original = clock.arriving.__enter__

    def watched(self):
        original(self)
        seen.append(clock.arrived())

    monkeypatch.setattr(clock.arriving, "__enter__", watched)
    page(cast, enter, "officer")
    assert [moment.date() for moment in seen] == [date(2020, 7, 14)]


@pytest.mark.parametrize(
    ("arrives", "late", "used"),
    [("2020-07-11 23:59:59", False, False), ("2020-07-20 23:59:59", False, True), ("2020-07-21 00:10:00", True, False)],
)
def test_a_report_goes_by_its_arrival_too(cast, congress, today, arrives, late, used):
    today(2020, 7, 10)
    conference = make.make_conference(congress, cast.unit, held_on=date(2020, 7, 1), session="morning")
    report = make.make_report(conference)
    make.make_upload(report, SCAN)
    extension = extend(cast, kind=Kind.REPORT, conference=conference)
    with clock.arriving(make.moment(arrives)):
        sent = actions.send_report(actor=cast.unit_head, report=report)
    extension.refresh_from_db()
    assert (rules.days_late(sent) > 0) == late
    assert (extension.used_at is not None) == used
    assert AuditEntry.objects.get(verb="conference.reported").details.get("late", False) == late
