"""What each role finds first, search, help and the outbox."""

from datetime import date

import pytest
from django.urls import reverse

from core.models import Mail
from delegates.models import Delegate
from tests import factories as make
from tests.awards.scenes import make_nomination, make_sitting
from tests.delegates.factories import make_category, make_delegate, make_quota
from units.models import Unit

HOME = reverse("portal:home")


@pytest.fixture(autouse=True)
def spring(today):
    today(2020, 5, 15)


def fill(cast, rows: int) -> None:
    """So many of everything that a first page may show."""
    congress = cast.congress
    for _ in range(rows):
        category = make_category(congress)
        for unit in (cast.unit, cast.other_unit):
            make_quota(unit, category)
            make_delegate(unit, category)
        unit = make.make_unit(block=cast.block)
        make.make_conference(congress, unit, held_on=date(2020, 5, 1), session="morning")
        make.make_task(congress, cast.unit, starts=date(2020, 1, 1), due=date(2020, 5, 1))
        for state in ("draft", "submitted", "shortlisted"):
            make_nomination(congress, cast.unit, "collective", state)
        make_sitting(congress)


def test_the_department_sees_what_is_late_and_what_waits(cast, enter):
    late = make.make_task(cast.congress, cast.unit, starts=date(2020, 1, 1), due=date(2020, 5, 10))
    soon = make.make_task(cast.congress, cast.unit, starts=date(2020, 1, 1), due=date(2020, 5, 20))
    far = make.make_task(cast.congress, cast.unit, starts=date(2020, 1, 1), due=date(2020, 9, 20))
    unheld = make.make_conference(cast.congress, cast.far_unit, held_on=date(2020, 5, 1), session="morning")
    make.make_conference(cast.congress, cast.unit, held_on=date(2020, 6, 19), session="morning")
    make_nomination(cast.congress, cast.unit, "collective", "submitted")
    category = make_category(cast.congress)
    make_delegate(cast.unit, category)
    page = enter(cast.officer).get(HOME)
    overview = page.context["overview"]
    assert {line.title for line in overview.late} == {late.name, unheld.name}
    waiting = {line.url: line.state for line in overview.waiting}
    assert waiting[reverse("delegates:delegates", args=["2020"]) + "?state=registered"] == "1"
    assert waiting[reverse("awards:nominations", args=["2020"]) + "?state=submitted"] == "1"
    assert waiting[reverse("congress:conferences", args=["2020"])] == "2"
    assert soon.get_absolute_url() in waiting
    assert far.name not in page.text
    assert overview.conferences_held == 1
    assert (overview.nominations, overview.nominations_sent) == (1, 1)


def test_a_plan_that_waits_for_approval_stands_first(cast, enter):
    def waiting() -> dict[str, str]:
        return {line.url: line.title for line in enter(cast.department_head).get(HOME).context["overview"].waiting}

    place = reverse("congress:plan_issues", args=["2020"])
    make.make_issue(cast.congress)
    assert place not in waiting()
    make.make_issue(cast.congress, published_at=None)
    assert next(iter(waiting())) == place


def test_seats_are_those_that_count(cast, enter):
    category, apart = make_category(cast.congress), make_category(cast.congress, counted=False)
    for each in (category, apart):
        make_quota(cast.unit, each, 10)
        make_delegate(cast.unit, each)
        make_delegate(cast.unit, each, state=Delegate.State.CONFIRMED)
        make_delegate(cast.unit, each, state=Delegate.State.WITHDRAWN)
    seats = enter(cast.officer).get(HOME).context["overview"].seats
    assert (seats.target, seats.allocated, seats.registered, seats.confirmed) == (400, 10, 1, 1)


def test_a_unit_finds_its_tasks_and_who_has_the_next_step(cast, enter):
    returned = make_nomination(cast.congress, cast.unit, "individual", "returned", due=date(2020, 5, 20))
    foreign = make_nomination(cast.congress, cast.far_unit, "collective", "submitted")
    page = enter(cast.unit_head).get(HOME)
    lines = {line.url: line for line in page.context["desk"].lines}
    assert lines[returned.get_absolute_url()].kind == "back"
    assert "20/05/2020" in lines[returned.get_absolute_url()].state
    assert reverse("awards:nominate", args=["2020"]) + f"?kind=collective&unit={cast.unit.pk}" in lines
    assert foreign.nominee not in page.text


def test_a_blocks_head_follows_the_block(cast, enter):
    conference = make.make_conference(
        cast.congress, cast.unit, cast.other_unit, host_block=cast.block, held_on=date(2020, 6, 19), session="morning"
    )
    make_nomination(cast.congress, cast.unit, "collective", "submitted")
    make_nomination(cast.congress, cast.unit, "individual", "draft")
    make_delegate(cast.unit, make_category(cast.congress))
    (block,) = enter(cast.block_head).get(HOME).context["blocks"]
    assert block.conference.url == conference.get_absolute_url()
    members = {unit: (unit.sent, unit.taken) for unit in block.members}
    assert members[cast.unit] == (1, 1)
    assert members[cast.other_unit] == (0, 0)
    assert cast.far_unit not in members
    assert enter(cast.unit_head).get(HOME).context["blocks"] == []


def test_the_desk_finds_delegates_and_the_stranger_finds_places(cast, enter):
    page = enter(cast.desk).get(HOME)
    assert reverse("delegates:delegates", args=["2020"]) in page.text
    assert "reception" in page.context
    assert reverse("congress:programme", args=["2020"]) in enter(cast.stranger).get(HOME).text


def test_without_a_congress_it_says_what_to_do(enter):
    user = make.make_user()
    assert "load_plan" in enter(user).get(HOME).text


@pytest.mark.parametrize("role", ["officer", "unit_head", "block_head", "chair", "desk", "stranger"])
def test_a_first_page_costs_the_same_at_one_row_and_at_five(cast, enter, role, django_assert_max_num_queries):
    client = enter(getattr(cast, role))
    for unit in Unit.objects.filter(offices__isnull=False):  # the letter: each unit in one conference
        make.make_conference(cast.congress, unit)
    counts = []
    for rows in (1, 4):
        fill(cast, rows)
        with django_assert_max_num_queries(30) as asked:
            client.get(HOME)
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1] <= 12, (counts, [query["sql"][:160] for query in asked.captured_queries])


# ---- Search ----


def test_search_goes_without_accents_as_far_as_one_may_see(cast, enter):
    category = make_category(cast.congress)
    make_delegate(cast.unit, category, full_name="Nguyễn Thị Dũng")
    make_delegate(cast.far_unit, category, full_name="Nguyễn Văn Dũng")
    hidden = make_nomination(cast.congress, cast.far_unit, "individual", "draft", nominee="Nguyễn Dũng Mật")
    task = make.make_task(cast.congress, cast.unit, name_vi="Xây dựng nguyên tắc dung hòa")
    find = reverse("portal:search")
    own = enter(cast.unit_head).get(find, {"q": "nguyen dung"}).text
    assert "Nguyễn Thị Dũng" in own
    assert "Nguyễn Văn Dũng" not in own
    assert hidden.nominee not in own
    assert task.name in own
    everything = enter(cast.officer).get(find, {"q": "NGUYỄN dũng"}).text
    assert "Nguyễn Văn Dũng" in everything
    assert hidden.nominee in everything
    stranger = enter(cast.stranger).get(find, {"q": "nguyen dung"}).text
    assert "Dũng" not in stranger.replace("nguyen dung", "")


def test_what_is_searched_for_stays_text(cast, enter):
    page = enter(cast.officer).get(reverse("portal:search"), {"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page


# ---- Outbox ----


def test_a_failed_letter_is_sent_again_unless_a_rehearsal_is_on(cast, enter, settings):
    mail = Mail.objects.create(to="a@example.org", subject="Thư", body="…", state=Mail.State.FAILED)
    again = reverse("portal:mail_again", args=[mail.pk])
    assert enter(cast.officer).post(again).status_code == 409  # a rehearsal is on
    settings.PORTAL_TODAY = None
    assert enter(cast.officer).post(again).status_code == 302
    mail.refresh_from_db()
    assert mail.state == Mail.State.WAITING


# ---- The public programme ----


def test_the_programme_is_public_once_published(cast, enter):
    item = make.make_programme_item(cast.congress, name_vi="Văn nghệ chào mừng")
    address = reverse("portal:public_programme", args=["2020"])
    assert enter(None).get(address).status_code == 404
    cast.congress.programme_published_at = make.moment("2020-10-20 08:00")
    cast.congress.save()
    assert item.name in enter(None).get(address).text
