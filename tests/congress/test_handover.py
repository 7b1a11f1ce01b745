"""Whom a conference proposes and elects: a draft nomination and a registered delegate, without being typed again."""

from datetime import date

import pytest

from awards.models import Nomination
from congress import actions, handover, reports
from congress.models import ConferenceReport, Elected
from core.models import AuditEntry
from core.refusal import Refused
from core.vietnamese import PartialDate
from delegates.models import Delegate
from tests import factories as make
from tests.delegates.factories import make_category, make_delegate, make_quota

SEN = {
    "name": "Trần Thị Sen",
    "position": "Kỹ sư",
    "sex": "female",
    "birth": PartialDate(1980, 9, 5),
    "phone": "0912345678",
}


@pytest.fixture
def sent(cast, today) -> ConferenceReport:
    """A report that proposes a collective and an individual and elects two delegates, on one free seat."""
    today(2020, 6, 22)
    make_quota(cast.unit, make_category(cast.congress, code="CN_KT", short_vi="Cá nhân được khen"), seats=0)
    make_quota(cast.unit, make_category(cast.congress, code="TT", represents_collective=True), seats=5)
    make_quota(cast.unit, make_category(cast.congress, code="OTHER", short_vi="Khác"), seats=0)
    make_quota(cast.unit, make_category(cast.congress, code="DHTT", short_vi="Điển hình", elected=True), seats=1)
    conference = make.make_conference(
        cast.congress, cast.unit, held_on=date(2020, 6, 19), session="morning", state="approved"
    )
    report = make.make_report(conference, "sent", no_elected=False)
    make.make_upload(report, reports.SCAN)
    for values in (
        {"elected_as": "collective", "name": "Phòng Quang tử"},
        {"elected_as": "individual", **SEN},
        {"elected_as": "delegate", **SEN},
        {"elected_as": "delegate", **SEN, "name": "Lê Văn Hai"},
    ):
        Elected.objects.create(report=report, unit=cast.unit, **values)
    return report


def again(cast, report: ConferenceReport) -> ConferenceReport:
    report = actions.reopen_report(actor=cast.officer, report=report, reason="Sai số", due=date(2020, 6, 30))
    report = actions.send_report(actor=cast.unit_head, report=report)
    return actions.accept_report(actor=cast.officer, report=report)


def test_proposals_become_drafts_of_their_unit(cast, sent):
    actions.accept_report(actor=cast.officer, report=sent)
    collective, individual = Nomination.objects.order_by("kind")
    assert (collective.nominee, collective.unit, collective.state) == ("Phòng Quang tử", cast.unit, "draft")
    assert individual.conference == sent.conference
    known = ("nominee", "position", "sex", "birth", "reviewed_on")
    values = [getattr(individual, name) for name in known]
    assert values == ["Trần Thị Sen", "Kỹ sư", "female", PartialDate(1980, 9, 5), date(2020, 6, 19)]


def test_delegates_are_registered_within_the_seats(cast, sent):
    actions.accept_report(actor=cast.officer, report=sent)
    delegate = Delegate.objects.get()
    values = [getattr(delegate, name) for name in ("full_name", "position", "sex", "birth", "phone")]
    assert values == list(SEN.values())
    assert (delegate.unit, delegate.category.code) == (cast.unit, "DHTT")
    taken, left = sent.elected.filter(elected_as="delegate")
    assert taken.outcome == "Đã đăng ký, thành phần “Điển hình”."
    assert (left.made, left.outcome) == ("", f"Chưa đăng ký: {cast.unit} không còn chỗ trống cho đại biểu.")
    entry = AuditEntry.objects.get(verb="conference.report_accepted")
    assert (entry.details["taken_over"], entry.details["left"]) == (3, 1)


def test_the_report_leads_to_what_was_made(cast, sent, enter):
    actions.accept_report(actor=cast.officer, report=sent)
    page = enter(cast.unit_head).get(sent.get_absolute_url()).text
    for made in (*Nomination.objects.all(), *Delegate.objects.all()):
        assert f'href="{made.get_absolute_url()}"' in page
    assert "không còn chỗ trống" in page


def test_nothing_is_made_twice(cast, sent):
    report = actions.accept_report(actor=cast.officer, report=sent)
    with pytest.raises(Refused):
        actions.accept_report(actor=cast.officer, report=report)
    made = list(sent.elected.values_list("pk", "made"))
    report = again(cast, report)
    assert (Nomination.objects.count(), Delegate.objects.count()) == (2, 1)
    assert list(sent.elected.values_list("pk", "made")) == made


def test_a_seat_that_was_given_later_is_taken_when_it_is_accepted_again(cast, sent):
    report = actions.accept_report(actor=cast.officer, report=sent)
    cast.congress.quotas.filter(category__code="DHTT").update(seats=2)
    again(cast, report)
    assert set(Delegate.objects.values_list("full_name", flat=True)) == {"Trần Thị Sen", "Lê Văn Hai"}


def test_who_was_there_already_is_linked(cast, sent):
    category = cast.congress.categories.get(code="DHTT")
    known = make_delegate(cast.unit, category, full_name="TRẦN THỊ SEN", birth=PartialDate(1980, 9, 5))
    actions.accept_report(actor=cast.officer, report=sent)
    assert sent.elected.get(elected_as="delegate", name="Trần Thị Sen").made == f"delegates.delegate:{known.pk}"
    assert Delegate.objects.count() == 1


def test_without_the_marked_category_the_first_with_a_free_seat_is_taken(cast, sent):
    cast.congress.quotas.filter(category__code="DHTT").update(seats=0)
    cast.congress.quotas.filter(category__code="OTHER").update(seats=1)
    actions.accept_report(actor=cast.officer, report=sent)
    assert Delegate.objects.get().category.code == "OTHER"


def test_a_proposal_after_the_last_day_is_told_and_left(cast, sent):
    type(cast.congress).objects.update(nominations_due=date(2020, 6, 21))
    actions.accept_report(actor=cast.officer, report=sent)
    assert Nomination.objects.count() == 0
    assert "21/06/2020" in sent.elected.get(elected_as="collective").outcome


def test_a_proposal_sent_in_time_counts_as_in_time(cast, sent, today):
    type(cast.congress).objects.update(nominations_due=date(2020, 6, 22))
    today(2020, 6, 25)
    actions.accept_report(actor=cast.officer, report=sent)
    assert Nomination.objects.count() == 2
    assert "gia hạn" in sent.elected.get(elected_as="collective").outcome


def test_who_was_taken_over_stays_when_the_report_is_mended(cast, sent):
    report = actions.accept_report(actor=cast.officer, report=sent)
    report = actions.reopen_report(actor=cast.officer, report=report, reason="Sai số", due=date(2020, 6, 30))
    actions.save_report(
        actor=cast.unit_head, report=report, version=report.version, key="elected", values={}, elected=[]
    )
    assert [one.name for one in report.elected.all()] == ["Phòng Quang tử", "Trần Thị Sen", "Trần Thị Sen"]


def test_only_the_department_takes_over(cast, sent):
    from awards import actions as awards

    with pytest.raises(Refused):
        awards.start_proposed(actor=cast.unit_head, report=sent, unit=cast.unit, kind="collective", nominee="Phòng B")


def test_both_rooms_take(cast):
    kinds = set().union(*(taker.kinds for taker in handover._takers.values()))
    assert kinds == set(Elected.As.values)
