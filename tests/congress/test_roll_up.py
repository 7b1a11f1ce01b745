"""The roll-up: recomputed by queries of its own, read back from its annex, open to whom the rules let."""

import io
from datetime import date

import pytest
from django.db.models import Count, Q, Sum
from django.urls import reverse
from openpyxl import load_workbook

from congress import actions, exports, queries, reports
from congress.models import Conference, ConferenceReport, Congress, Elected
from core.models import Upload
from core.vietnamese import PartialDate
from documents import catalogue
from tests import factories as make
from tests.test_walk import UNITS

PERSON = {"position": "Kỹ sư", "sex": "female", "birth": PartialDate(1980), "phone": "0912345678"}
DEPARTMENT = {"officer", "department_head"}


def report(cast, unit, day: date, sent: str | None, minutes: bool = True, **fields) -> Conference:
    conference = make.make_conference(cast.congress, unit, held_on=day, session="morning", state="approved")
    if sent:
        made = make.make_report(conference, "sent", first_sent_at=make.moment(f"{sent} 09:00"), **fields)
        make.make_upload(made, reports.SCAN)
        if minutes:
            make.make_upload(made, reports.MINUTES)
        for kind, number in (("collective", 1), ("individual", 1), ("delegate", 3)):
            Elected.objects.bulk_create(
                Elected(report=made, elected_as=kind, name=f"Tên {n}", unit=unit, **PERSON) for n in range(number)
            )
    return conference


@pytest.fixture
def held(cast, today) -> list[Conference]:
    """Three held, two of them late in a way, one without minutes; one still to come; one without a day."""
    today(2020, 7, 8)
    others = [make.make_unit(block=cast.block) for _number in range(2)]
    return [
        report(cast, cast.unit, date(2020, 6, 19), "2020-06-25", attended=96, women=40),
        report(cast, cast.other_unit, date(2020, 6, 20), "2020-07-03", minutes=False, attended=80, women=30),
        report(cast, cast.far_unit, date(2020, 7, 1), "2020-07-08", attended=70, women=35),
        report(cast, others[0], date(2020, 7, 20), None),
        make.make_conference(cast.congress, others[1]),
    ]


def test_the_sentence_is_computed(cast, held):
    roll = queries.roll_up(cast.congress, cast.officer)
    assert (roll.held, len(roll.rows), roll.late, roll.without_minutes) == (3, 5, 4, 1)
    assert roll.sentence == "3 trên 5 Hội nghị đã tổ chức, 4 muộn, 1 chưa có biên bản"


def test_days_stand_against_the_window(cast, held):
    rows = queries.roll_up(cast.congress, cast.officer).rows
    assert [row.days_outside for row in rows] == [0, 0, 1, 20, 0]
    assert rows[0].against_window == "trong Quý II/2020"
    assert rows[2].against_window == "chậm 1 ngày so với Quý II/2020"
    Conference.objects.filter(pk=held[0].pk).update(held_on=date(2020, 3, 30))
    row = queries.roll_up(cast.congress, cast.officer).rows[0]
    assert (row.days_outside, row.against_window) == (-2, "sớm 2 ngày so với Quý II/2020")


def test_reports_stand_against_their_day(cast, held, today):
    rows = queries.roll_up(cast.congress, cast.officer).rows
    assert [row.report_late for row in rows] == [0, 3, 0, 0, 0]
    assert rows[1].about_report == "Đã gửi, muộn 3 ngày"
    today(2020, 8, 5)
    row = queries.roll_up(cast.congress, cast.officer).rows[3]
    assert (row.held, row.report_late, row.about_report) == (True, 6, "Chưa có, quá hạn 6 ngày")


def recomputed(congress: Congress) -> dict:
    """The totals by queries of their own."""
    sent = ConferenceReport.objects.filter(conference__congress=congress).exclude(first_sent_at=None)
    figures = sent.aggregate(summoned=Sum("summoned"), attended=Sum("attended"), women=Sum("women"))
    papers = sent.aggregate(a=Sum("collective_papers"), b=Sum("individual_papers"))
    elected = Elected.objects.filter(report__in=sent).aggregate(
        collectives=Count("pk", Q(elected_as="collective")),
        individuals=Count("pk", Q(elected_as="individual")),
        delegates=Count("pk", Q(elected_as="delegate")),
    )
    return {**figures, "papers": papers["a"] + papers["b"], **elected}


def test_totals_are_what_the_database_adds_up(cast, held):
    totals = queries.roll_up(cast.congress, cast.officer).totals
    assert vars(totals) == recomputed(cast.congress)
    without = Conference.objects.exclude(
        report__pk__in=Upload.objects.filter(slot="minutes").values_list("owner_id", flat=True)
    ).filter(state="reported")
    assert queries.roll_up(cast.congress, cast.officer).without_minutes == without.count()


def cells(cast, user) -> list[list]:
    """The annex in Excel, as it is read back."""
    written = catalogue.FORMATS["xlsx"].write(exports.rolled_up(user, "2020", {}))
    sheet = load_workbook(io.BytesIO(written)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_page_and_annex_change_with_one_units_report(cast, held, enter, today):
    url = reverse("congress:roll_up", args=["2020"])
    found = ConferenceReport.objects.get(conference=held[0])
    assert ">96" in enter(cast.officer).get(url).text.replace(" ", "").replace("\n", "")
    before = cells(cast, cast.officer)
    assert any("3 trên 5 Hội nghị đã tổ chức, 4 muộn, 1 chưa có biên bản." in row for row in before)
    found = actions.return_report(actor=cast.officer, report=found, reason="Sai số", due=date(2020, 7, 10))
    found = actions.save_report(
        actor=cast.unit_head, report=found, version=found.version, key="people", values={"attended": 99, "women": 50}
    )
    Upload.objects.of(found).filter(slot="minutes").delete()
    actions.send_report(actor=cast.unit_head, report=found)
    text = enter(cast.officer).get(url).text
    assert ">99" in text.replace(" ", "").replace("\n", "")
    assert "3 trên 5 Hội nghị đã tổ chức, 4 muộn, 2 chưa có biên bản" in text
    after = cells(cast, cast.officer)
    changed = [row for row in after if row not in before]
    assert len(changed) == 3  # the sentence, the conference, the totals
    assert changed[-1][5] == 99 + 80 + 70


def test_who_sees_which_rows(cast, held, enter):
    url = reverse("congress:roll_up", args=["2020"])
    for name, user in cast.roles.items():
        answer = enter(user).get(url)
        assert (answer.status_code == 200) == (name in DEPARTMENT | UNITS), name
        if answer.status_code == 200:
            own = {"unit_head": [held[0]], "unit_clerk": [held[1]], "block_head": []}.get(name, held)
            assert [row.conference for row in queries.roll_up(cast.congress, user).rows] == own
            others = [one for one in held if one not in own]
            assert not any(one.name in answer.text for one in others), name
    assert not any(held[1].name_vi in str(row) for row in cells(cast, cast.unit_head))


def test_drafts_do_not_count(cast, today):
    today(2020, 6, 22)
    conference = make.make_conference(cast.congress, cast.unit, held_on=date(2020, 6, 19), session="morning")
    make.make_report(conference, attended=96)
    roll = queries.roll_up(cast.congress, cast.officer)
    assert (roll.totals.attended, roll.rows[0].report, roll.held) == (0, None, 1)


@pytest.mark.parametrize("name", ["conferences", "roll_up"])
def test_a_list_costs_the_same_at_one_row_and_at_five(cast, enter, today, name, django_assert_max_num_queries):
    today(2020, 7, 8)
    client, url = enter(cast.officer), reverse(f"congress:{name}", args=["2020"])
    counts = []
    for rows in (1, 4):
        for _number in range(rows):
            report(cast, make.make_unit(block=cast.block), date(2020, 6, 19), "2020-06-25")
        client.get(url)
        with django_assert_max_num_queries(12) as made:
            client.get(url)
        counts.append(len(made))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("made", ["xlsx", "docx", "pdf"])
def test_papers_are_written_in_every_format(cast, held, made):
    paper = exports.conference_report(cast.unit_head, "2020", {"conference": held[0].pk})
    assert paper.title == "BÁO CÁO"
    if made != "pdf":  # the engine belongs to the worker; its own tests write with it
        for one in (paper, exports.rolled_up(cast.officer, "2020", {})):
            assert catalogue.FORMATS[made].write(one)


def test_the_report_of_another_unit_is_not_taken(cast, held, enter):
    url = reverse("documents:take", args=["2020", "conference-report", "docx"])
    for name, user in cast.roles.items():
        status = enter(user).post(url, {"query": f"conference={held[0].pk}", "once": make.uuid4()}).status_code
        assert (status == 200) == (name in DEPARTMENT | {"unit_head"}), name
