"""Chart and calendar: what they show, to whom, in how many queries."""

from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from tests import factories as make

CHART, CALENDAR, LIST = "congress:plan_chart", "congress:plan_calendar", "congress:plan"


class Drawing(HTMLParser):
    """Links of the chart with their words, and anything that a strict policy would refuse."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.styled: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "a" and found.get("class", "").startswith("bar-link"):
            self.links[found["href"]] = found["aria-label"]
        if "style" in found or any(name.startswith("on") for name in found):
            self.styled.append(tag)


@pytest.fixture
def task(cast, today):
    today(2020, 5, 15)
    return make.make_task(
        cast.congress, cast.unit, name_vi="Soạn hướng dẫn", starts=date(2020, 3, 1), due=date(2020, 5, 3),
        baseline_due=date(2020, 4, 28), progress=40,
    )  # fmt: skip


def page(enter, user, name, **params):
    return enter(user).get(reverse(name, args=["2020"]), params)


def test_every_bar_is_a_link_with_its_words(cast, task, enter):
    drawing = Drawing(page(enter, cast.unit_head, CHART).text)
    words = drawing.links[task.get_absolute_url()]
    for part in ("Soạn hướng dẫn", cast.unit.name, "01/03/2020 – 03/05/2020", "40%", "Quá hạn", "12 ngày", "5 ngày"):
        assert part in words
    assert cast.congress.get_absolute_url() in drawing.links
    assert drawing.styled == []


def test_the_chart_shows_conferences_and_those_without_a_day(cast, enter):
    held = make.make_conference(cast.congress, cast.unit, held_on=date(2020, 6, 19), session="morning")
    open_ = make.make_conference(cast.congress, cast.other_unit)
    links = Drawing(page(enter, cast.stranger, CHART).text).links
    assert "19/06/2020" in links[held.get_absolute_url()]
    assert "chưa có ngày" in links[open_.get_absolute_url()]


@pytest.mark.parametrize("name", [CHART, CALENDAR, LIST])
def test_what_is_not_published_is_the_departments(cast, today, enter, name):
    today(2020, 5, 15)
    hidden = make.make_task(
        cast.congress, cast.unit, name_vi="Việc kín", starts=date(2020, 5, 1), due=date(2020, 5, 20), published_at=None
    )
    make.make_task(cast.congress, cast.unit, starts=date(2020, 5, 21), needs=[hidden])
    for who, user in cast.roles.items():
        text = page(enter, user, name).text
        assert ("Việc kín" in text) == (who in {"officer", "department_head"}), who
        assert (f"/plan/{hidden.pk}/" in text) == (who in {"officer", "department_head"}), who


@pytest.mark.parametrize("name", [CHART, CALENDAR, LIST])
def test_filters_come_along_from_view_to_view(cast, task, enter, name):
    make.make_task(cast.congress, cast.far_unit, name_vi="Viết báo cáo", starts=date(2020, 5, 1), due=date(2020, 5, 9))
    found = page(enter, cast.unit_head, name, mine="yes").text
    assert "Soạn hướng dẫn" in found
    assert "Viết báo cáo" not in found
    for view in (CHART, CALENDAR, LIST):
        assert f'href="{reverse(view, args=["2020"])}?mine=yes"' in found


def test_mine_are_also_those_that_i_am_in_charge_of(cast, enter):
    make.make_task(cast.congress, cast.far_unit, name_vi="Viết báo cáo", person=cast.officer)
    assert "Viết báo cáo" in page(enter, cast.officer, LIST, mine="yes").text


def test_a_month_shows_what_is_due_held_and_the_congress(cast, task, enter):
    make.make_conference(cast.congress, cast.unit, held_on=date(2020, 5, 31), session="morning", name_vi="Hội nghị A")
    found = page(enter, cast.unit_head, CALENDAR)
    assert "Soạn hướng dẫn" in found.text
    assert "Hội nghị A" in found.text
    assert found.context["before"] == "?month=2020-04"
    assert found.context["after"] == "?month=2020-06"
    october = page(enter, cast.unit_head, CALENDAR, month="2020-10").text
    assert cast.congress.get_absolute_url() in october
    assert "Soạn hướng dẫn" not in october


@pytest.mark.parametrize(
    "month", ["", "2020", "2020-13", "0001-01", "9999-12", "2020-02", "x", "2020-05-01", "2020-5", "%00"]
)
def test_any_month_of_an_address_is_answered(cast, task, enter, month):
    assert page(enter, cast.officer, CALENDAR, month=month).status_code == 200


def test_the_weeks_begin_on_monday(cast, today, enter):
    today(2020, 2, 29)
    weeks = page(enter, cast.officer, CALENDAR).context["weeks"]
    assert weeks[0][0].day.weekday() == 0
    assert [day.day for week in weeks for day in week if day.today] == [date(2020, 2, 29)]


@pytest.mark.parametrize("who", ["officer", "unit_head"])
@pytest.mark.parametrize("name", [CHART, CALENDAR, LIST])
def test_a_view_costs_the_same_with_ten_tasks_and_with_a_thousand(
    cast, today, enter, django_assert_max_num_queries, who, name
):
    from congress.models import Task

    today(2020, 5, 15)
    make.make_issue(cast.congress)
    client, url = enter(cast.roles[who]), reverse(name, args=["2020"])
    counts = []
    for number in (10, 990):
        made = [
            make.make_task(cast.congress, cast.unit, starts=date(2020, 5, 1), due=date(2020, 5, 1 + n % 28))
            for n in range(10)
        ]
        conference = make.make_conference(cast.congress, make.make_unit(), held_on=date(2020, 5, 9), session="morning")
        Task.objects.filter(pk=made[0].pk).update(
            anchor="conference", anchor_conference=conference, offset_days=1, length_days=1
        )
        made[1].needs.set([made[0]])
        Task.objects.bulk_create(
            Task(
                congress=cast.congress, phase=made[0].phase, lead=cast.unit, name_vi=f"Việc {n}",
                starts=date(2020, 5, 1), due=date(2020, 5, 1) + timedelta(days=n % 28),
                published_at=made[0].published_at,
            )
            for n in range(number - 10)
        )  # fmt: skip
        with django_assert_max_num_queries(12) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
