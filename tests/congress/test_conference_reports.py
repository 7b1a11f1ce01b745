"""Reports of conferences: who writes, sends, accepts and returns them, in which states, and how they are read."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congress import actions, invariants, queries, reports, rules
from congress.models import Conference, ConferenceReport, Elected
from core.models import AuditEntry, Mail, Upload
from core.refusal import Refused
from core.versions import Stale
from core.vietnamese import PartialDate
from tests import factories as make
from units.models import Office

DAY = date(2020, 6, 19)
DEPARTMENT = {"officer", "department_head"}
State = ConferenceReport.State


@pytest.fixture
def own(cast, today) -> Conference:
    today(2020, 6, 22)
    return make.make_conference(cast.congress, cast.unit, held_on=DAY, session="morning", state="approved")


@pytest.fixture
def of_block(cast, today) -> Conference:
    today(2020, 6, 22)
    members = (cast.other_unit,)
    return make.make_conference(cast.congress, *members, host_block=cast.block, held_on=DAY, session="morning")


@pytest.fixture
def clerk(cast):
    """The clerk of the unit that holds its own conference."""
    return make.make_office(make.make_user("clerk"), Office.Role.UNIT_CLERK, cast.unit).user


def full(conference: Conference, state: str = "draft", **fields) -> ConferenceReport:
    """A report with all that is needed."""
    report = make.make_report(conference, state, **fields)
    make.make_upload(report, reports.SCAN)
    return report


def save(report, actor, key, values=None, **more):
    return actions.save_report(actor=actor, report=report, version=report.version, key=key, values=values or {}, **more)


def address(conference: Conference, name: str, *more: str) -> str:
    return reverse(f"congress:{name}", args=["2020", conference.pk, *more])


# ---- Who may what ----


def who_may(cast, why_not, *args) -> set[str]:
    return {name for name, user in cast.roles.items() if why_not(user, *args) is None}


def test_whose_acts_they_are(cast, own, of_block):
    for conference, host in ((own, "unit_head"), (of_block, "block_head")):
        assert who_may(cast, rules.why_not_start_report, conference) == DEPARTMENT | {host}
        assert who_may(cast, rules.why_not_read_report, conference) == DEPARTMENT | {host}
        report = full(conference)
        assert who_may(cast, rules.why_not_write_report, report) == DEPARTMENT | {host}
        assert who_may(cast, rules.why_not_send_report, report) == DEPARTMENT | {host}
        assert who_may(cast, rules.why_not_accept_report, report) == set()
        report.state = State.SENT
        for act in (rules.why_not_accept_report, rules.why_not_return_report):
            assert who_may(cast, act, report) == DEPARTMENT
    seers = {name for name, user in cast.roles.items() if rules.may_see_figures(user, of_block)}
    assert seers == DEPARTMENT | {"block_head", "unit_clerk"}


ACTS = {
    "write": (rules.why_not_write_report, {"draft", "returned"}),
    "send": (rules.why_not_send_report, {"draft", "returned"}),
    "accept": (rules.why_not_accept_report, {"sent"}),
    "return": (rules.why_not_return_report, {"sent"}),
    "reopen": (rules.why_not_reopen_report, {"accepted"}),
}


@pytest.mark.parametrize("act", ACTS)
def test_in_which_states_they_are_possible(cast, own, act):
    why_not, states = ACTS[act]
    report = full(own)
    for state in State.values:
        report.state = state
        assert (why_not(cast.officer, report) is None) == (state in states), state


def test_a_clerk_writes_and_the_head_sends(cast, own, clerk):
    report = actions.start_report(actor=clerk, conference=own)
    report = save(report, clerk, "people", {"attended": 96})
    assert report.attended == 96
    ConferenceReport.objects.all().delete()
    report = full(own)
    with pytest.raises(Refused, match="thủ trưởng"):
        actions.send_report(actor=clerk, report=report)
    assert actions.send_report(actor=cast.unit_head, report=report).state == State.SENT


def test_a_clerk_puts_a_complete_report_before_the_head(cast, own, clerk, enter):
    report = make.make_report(own)
    page = enter(clerk).get(address(own, "report_check")).text
    assert "Trình thủ trưởng" in page
    assert address(own, "report_send") not in page
    with pytest.raises(Refused, match="Còn thiếu"):
        actions.put_before_head(actor=clerk, report=report)
    make.make_upload(report, reports.SCAN)
    answer = enter(clerk).post(address(own, "report_before_head"), {"once": make.uuid4()})
    assert answer.status_code == 302
    assert own.name in Mail.objects.get(to=cast.unit_head.email).subject
    for user in (cast.unit_head, cast.officer, cast.stranger):
        with pytest.raises(Refused):
            actions.put_before_head(actor=user, report=report)


def test_the_clerk_of_a_leading_unit_does_not_send_either(cast, of_block):
    leading = cast.block.offices.get().unit
    clerk = make.make_office(make.make_user("clerk"), Office.Role.UNIT_CLERK, leading).user
    report = full(of_block)
    assert rules.why_not_write_report(clerk, report) is None
    assert rules.why_not_send_report(clerk, report)


# ---- Beginning and writing ----


def test_a_report_begins_with_what_is_planned_and_notes_that_it_was_held(cast, own):
    report = actions.start_report(actor=cast.unit_head, conference=own)
    own.refresh_from_db()
    assert (report.held_on, report.session, report.form) == (DAY, "morning", "plenary")
    assert own.state == Conference.State.HELD
    with pytest.raises(Refused, match="đã được lập"):
        actions.start_report(actor=cast.unit_head, conference=own)


def test_a_subject_leaves_others_alone_and_a_stale_one_is_refused(cast, own):
    report = make.make_report(own)
    saved = save(report, cast.unit_head, "people", {"attended": 90, "place": "Nơi khác"})
    assert (saved.attended, saved.place) == (90, "Hội trường")
    with pytest.raises(Stale):
        save(report, cast.unit_head, "people", {"attended": 91})


def test_a_draft_saves_what_is_valid_by_itself_and_says_what_is_not(cast, own, enter):
    report = make.make_report(own, attended=None, women=None)
    form = {"version": report.version, "autosave": "1", "attended": "96", "women": "viel", "summoned": "100"}
    answer = enter(cast.unit_head).post(address(own, "report_subject", "people"), form)
    assert answer.json()["text"].startswith("Đã lưu lúc")
    assert "Chưa lưu" in answer.json()["text"]
    report.refresh_from_db()
    assert (report.attended, report.women, report.version) == (96, None, answer.json()["version"])
    again = enter(cast.unit_head).post(address(own, "report_subject", "people"), form)
    assert again.status_code == 409


def test_the_trail_tells_of_one_sitting_and_not_of_each_save(cast, own):
    report = make.make_report(own)
    for number in (1, 2, 3):
        report = save(report, cast.unit_head, "people", {"attended": 90 + number}, by_itself=True)
    assert AuditEntry.objects.filter(verb="conference.report_edited").count() == 1


def test_more_women_than_people_is_said_at_the_form(cast, own, enter):
    report = make.make_report(own)
    form = {"version": report.version, "attended": "96", "women": "97"}
    page = enter(cast.unit_head).post(address(own, "report_subject", "people"), form)
    assert page.status_code == 200
    assert "Số nữ nhiều hơn số đại biểu có mặt" in page.text


def rows(prefix: str, *lines: dict) -> dict:
    """A table as a browser sends it."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(lines)), f"{prefix}-INITIAL_FORMS": "0"}
    return data | {f"{prefix}-{n}-{name}": str(value) for n, line in enumerate(lines) for name, value in line.items()}


def test_commendations_are_a_table(cast, own, enter):
    report, award = make.make_report(own, no_commendations=False), make.make_award_type()
    url = address(own, "report_subject", "commendations")
    line = {"award": award.pk, "number": 4}
    page = enter(cast.unit_head).post(url, {"version": report.version, **rows("commendations", line, line)})
    assert "hai lần" in page.text
    enter(cast.unit_head).post(url, {"version": report.version, **rows("commendations", line)})
    assert [(row.award, row.number) for row in report.commendations.all()] == [(award, 4)]


def test_a_line_stands_once_on_its_page(cast, own, enter):
    report = make.make_report(own, no_elected=False)
    Elected.objects.create(report=report, elected_as="collective", name="Phòng A", unit=cast.unit)
    page = enter(cast.unit_head).get(address(own, "report_subject", "elected")).text
    assert page.count('name="elected-0-name"') == 1
    assert page.count('name="no_elected"') == 1


PERSON = {"position": "Kỹ sư", "sex": "female", "birth": "05/09/1980"}


def test_a_conference_proposes_one_collective_and_one_individual(cast, own, enter):
    report = make.make_report(own, no_elected=False)
    url = address(own, "report_subject", "elected")
    one = {"elected_as": "collective", "name": "Phòng A", "unit": cast.unit.pk}
    two = {"elected_as": "collective", "name": "Phòng B", "unit": cast.unit.pk}
    page = enter(cast.unit_head).post(url, {"version": report.version, **rows("elected", one, two)})
    assert "nhiều nhất 1 tập thể" in page.text
    given = [{"elected_as": "collective", "name": name, "unit": cast.unit} for name in ("Phòng A", "Phòng B")]
    with pytest.raises(Refused, match="nhiều nhất 1 tập thể"):
        save(report, cast.unit_head, "elected", elected=given)
    type(cast.congress).objects.update(collectives_per_conference=2)
    enter(cast.unit_head).post(url, {"version": report.version, **rows("elected", one, two)})
    assert report.elected.count() == 2


def test_nobody_of_another_conferences_unit_is_elected(cast, own, enter):
    report = make.make_report(own)
    given = [{"elected_as": "collective", "name": "Phòng Lạ", "unit": cast.far_unit}]
    with pytest.raises(Refused, match="không thuộc"):
        save(report, cast.unit_head, "elected", elected=given)
    line = {"elected_as": "collective", "name": "Phòng Lạ", "unit": cast.far_unit.pk}
    page = enter(cast.unit_head).post(
        address(own, "report_subject", "elected"), {"version": report.version, **rows("elected", line)}
    )
    assert page.status_code == 200
    assert report.elected.count() == 0


def test_who_is_not_fully_named_is_saved_and_not_sent(cast, own, enter):
    report = full(own, no_elected=False)
    line = {"elected_as": "delegate", "name": "Trần Thị Sen", "unit": cast.unit.pk}
    page = enter(cast.unit_head).post(
        address(own, "report_subject", "elected"),
        {"version": report.version, **rows("elected", line)},
        follow=True,
    )
    assert "Trần Thị Sen: chức vụ, giới tính, ngày sinh, điện thoại" in page.text
    with pytest.raises(Refused, match="Còn thiếu"):
        actions.send_report(actor=cast.unit_head, report=report)


def test_files_are_attached_kept_on_an_error_and_taken_away(cast, own, enter):
    report = make.make_report(own)
    client, url = enter(cast.unit_head), address(own, "report_subject", "files")
    bad = SimpleUploadedFile("anh.png", b"<html>")
    scan = SimpleUploadedFile("bao-cao.pdf", make.PDF)
    page = client.post(url, {"version": report.version, "scan": scan, "photos": bad})
    assert page.status_code == 200
    assert "không đúng với tên tệp" in page.text
    token = page.text.split('name="scan-kept" value="')[1].split('"')[0]
    assert client.post(url, {"version": report.version, "scan-kept": token}).status_code == 302
    upload = Upload.objects.of(report).get()
    assert (upload.slot, upload.name, upload.uploaded_by) == ("scan", "bao-cao.pdf", cast.unit_head)
    report.refresh_from_db()
    client.post(url, {"version": report.version, "scan-gone": str(upload.pk)})
    assert not Upload.objects.of(report).exists()


def test_a_stale_sending_of_files_carries_them_into_the_conflict(cast, own, enter):
    report = make.make_report(own)
    scan = SimpleUploadedFile("bao-cao.pdf", make.PDF)
    page = enter(cast.unit_head).post(address(own, "report_subject", "files"), {"version": 7, "scan": scan})
    assert page.status_code == 409
    token = page.text.split('name="scan-kept" value="')[1].split('"')[0]
    form = {"version": report.version, "scan-kept": token}
    assert enter(cast.unit_head).post(address(own, "report_subject", "files"), form).status_code == 302
    assert Upload.objects.of(report).count() == 1


# ---- Sending, accepting, returning ----


def test_what_is_not_complete_is_not_sent(cast, own):
    report = make.make_report(own, attended=None)
    with pytest.raises(Refused, match="Còn thiếu: Đại biểu, tham luận, Tệp đính kèm"):
        actions.send_report(actor=cast.unit_head, report=report)


def test_the_conference_takes_its_day_as_it_came_about(cast, own):
    report = full(own, held_on=date(2020, 6, 20), session="afternoon", form="online", place="Trực tuyến")
    actions.send_report(actor=cast.unit_head, report=report)
    own.refresh_from_db()
    assert (own.held_on, own.session, own.form, own.place) == (date(2020, 6, 20), "afternoon", "online", "Trực tuyến")
    assert own.state == Conference.State.REPORTED
    assert own.moves.get().old_until == DAY


@pytest.mark.parametrize(("day", "late"), [(29, 0), (30, 1)])
def test_a_report_is_late_after_its_days_and_stays_so(cast, own, today, day, late):
    report = full(own)
    today(2020, 6, day)
    actions.send_report(actor=cast.unit_head, report=report)
    today(2020, 8, 1)
    own = queries.conference_sheet(cast.congress, report.conference_id)
    assert rules.days_late(own.report, own) == late
    assert queries.standing(own, date(2020, 8, 1))[0] == ("warn" if late else "ok")


def test_returned_corrected_and_accepted_the_first_sending_stays(cast, own, today):
    report = actions.send_report(actor=cast.unit_head, report=full(own))
    first = report.first_sent_at
    today(2020, 7, 8)
    with pytest.raises(Refused, match="đã qua"):
        actions.return_report(actor=cast.officer, report=report, reason="Thiếu biên bản", due=date(2020, 7, 7))
    report = actions.return_report(actor=cast.officer, report=report, reason="Thiếu biên bản", due=date(2020, 7, 10))
    own.refresh_from_db()
    assert (report.state, own.state) == (State.RETURNED, Conference.State.HELD)
    line = queries.conference_roll(cast.congress, date(2020, 7, 9))[0]
    assert (line.tone, "10/07/2020" in line.word) == ("warn", True)
    assert queries.conference_roll(cast.congress, date(2020, 7, 11))[0].tone == "late"
    assert "Thiếu biên bản" in Mail.objects.get(to=cast.unit_head.email).body
    report = save(report, cast.unit_head, "people", {"guests": 7})
    report = actions.send_report(actor=cast.unit_head, report=report)
    assert (report.first_sent_at, report.due, report.return_reason) == (first, None, "")
    assert actions.accept_report(actor=cast.officer, report=report).state == State.ACCEPTED
    with pytest.raises(Refused, match="mở lại"):
        save(report, cast.unit_head, "people", {"guests": 8})
    report = actions.reopen_report(actor=cast.department_head, report=report, reason="Sai số", due=date(2020, 7, 20))
    assert (report.state, report.return_reason) == (State.RETURNED, "Sai số")


def test_the_journey_through_pages(cast, own, enter):
    """Begun, written, sent, returned, sent again, accepted: each by its own button."""
    host, office = enter(cast.unit_head), enter(cast.officer)

    def press(client, name: str, **data):
        return client.post(address(own, name), {"once": make.uuid4(), **data}, follow=True)

    assert "Đã lập báo cáo" in press(host, "report_start").text
    report = ConferenceReport.objects.get()
    values = {name: value for name, value in make.FULL_REPORT.items() if not isinstance(value, bool)}
    host.post(address(own, "report_subject", "held"), {"version": 1, **values, "held_on": "19/06/2020"})
    for key, data in (
        ("people", values),
        ("commendations", {"no_commendations": "on", **rows("commendations")}),
        ("elected", {"no_elected": "on", **rows("elected")}),
        ("files", {"scan": SimpleUploadedFile("bao-cao.pdf", make.PDF)}),
    ):
        report.refresh_from_db()
        assert host.post(address(own, "report_subject", key), {"version": report.version, **data}).status_code == 302
    assert "Gửi báo cáo" in host.get(address(own, "report_check")).text
    assert "Báo cáo đã gửi." in press(host, "report_send").text
    page = press(office, "report_return", reason="Thiếu biên bản", due="25/06/2020")
    assert "Trả lại bổ sung, hạn 25/06/2020" in page.text
    assert "Thiếu biên bản" in host.get(address(own, "report_subject", "files")).text
    press(host, "report_send")
    page = press(office, "report_accept")
    assert "Đã tiếp nhận" in page.text
    own.refresh_from_db()
    assert own.state == Conference.State.ACCEPTED


# ---- Reading ----


def test_figures_and_people_are_seen_by_whom_the_rules_let(cast, of_block, enter):
    report = full(of_block, "sent", attended=977)
    Elected.objects.create(report=report, elected_as="delegate", name="Trần Thị Sen", unit=cast.other_unit)
    for name, user in cast.roles.items():
        client = enter(user)
        assert ("977" in client.get(of_block.get_absolute_url()).text) == (
            name in DEPARTMENT | {"block_head", "unit_clerk"}
        ), name
        page = client.get(address(of_block, "conference_report"))
        assert (page.status_code == 200) == (name in DEPARTMENT | {"block_head"}), name
        assert ("Trần Thị Sen" in page.text) == (name in DEPARTMENT | {"block_head"}), name


def test_the_history_of_a_conference_tells_no_figures(cast, own, enter):
    report = actions.start_report(actor=cast.unit_head, conference=own)
    report = save(report, cast.unit_head, "people", {"attended": 977})
    assert "977" not in enter(cast.stranger).get(own.get_absolute_url()).text
    page = enter(cast.unit_head).get(report.get_absolute_url()).text
    assert "→ 977" in page


def test_a_draft_is_not_shown_to_members(cast, of_block, enter):
    full(of_block, attended=977)
    assert "977" not in enter(cast.unit_clerk).get(of_block.get_absolute_url()).text
    assert "977" in enter(cast.block_head).get(of_block.get_absolute_url()).text


@pytest.mark.parametrize("name", ["conference_report", "report_subject", "report_check"])
def test_a_report_costs_no_more_for_many_rows(cast, own, enter, name, django_assert_max_num_queries):
    report = full(own)
    more = ["elected"] if name == "report_subject" else []
    counts = []
    for _round in range(2):
        client = enter(cast.unit_head)
        client.get(address(own, name, *more))
        with django_assert_max_num_queries(19) as queries_made:
            assert client.get(address(own, name, *more)).status_code == 200
        counts.append(len(queries_made))
        Elected.objects.bulk_create(
            Elected(
                report=report,
                elected_as="delegate",
                name=f"Người {n}",
                unit=cast.unit,
                phone="0912345678",
                **{**PERSON, "birth": PartialDate(1980)},
            )
            for n in range(5)
        )
    assert counts[0] == counts[1]


def test_what_must_hold_is_counted_again(cast, own):
    report = full(own, "sent")
    assert not invariants.faults(cast.congress)
    Upload.objects.all().delete()
    Conference.objects.filter(pk=own.pk).update(state="held")
    for name in ("Phòng A", "Phòng B"):
        Elected.objects.create(report=report, elected_as="collective", name=name, unit=cast.unit)
    assert len(invariants.faults(cast.congress)) == 3
    report.delete()
    Conference.objects.filter(pk=own.pk).update(state="accepted")
    assert len(invariants.faults(cast.congress)) == 1
