"""Calendars: read back with another library's parser; private links; what is public."""

from datetime import date, datetime, time
from uuid import uuid4

import pytest
import vobject
from django.urls import reverse

from congress.calendars import Happening, as_ics
from congress.deadlines import ZONE
from congress.models import CalendarLink, Congress
from congress.models.reminders import token_digest
from core import clock
from core.models import AuditEntry, User
from tests import factories as make
from units.models import Office

AT = datetime(2020, 5, 15, 9, 0, tzinfo=ZONE)
LONG = "Hội nghị điển hình tiên tiến của các đơn vị thuộc Khối Văn phòng, Viện; phần 1, phần 2, và những việc khác nữa"
TEXT = "Dòng một\nDòng hai; có dấu, phẩy"


def read(content: bytes) -> list:
    return list(vobject.readOne(content.decode()).vevent_list)


def test_another_library_reads_the_same_back():
    happenings = [
        Happening(
            "task:1", LONG, date(2020, 2, 29), text="Dòng một\nDòng hai; có dấu, phẩy", url="https://x.vn/1", version=3
        ),
        Happening("task:2", "Tết", date(2020, 1, 25)),
        Happening("task:3", "Cuối quý", date(2020, 12, 31)),
        Happening(
            "conference:1",
            "Hội nghị",
            datetime(2020, 6, 19, 8, 0, tzinfo=ZONE),
            datetime(2020, 6, 19, 12, 0, tzinfo=ZONE),
            place="25 Lê Thánh Tông, Hà Nội",
        ),
    ]
    content = as_ics("Đại hội V", happenings, host="thidua.example.vn", at=AT)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    found = read(content)
    assert [one.summary.value for one in found] == [one.title for one in happenings]
    assert [one.dtstart.value for one in found[:3]] == [date(2020, 2, 29), date(2020, 1, 25), date(2020, 12, 31)]
    assert [one.dtend.value for one in found[:3]] == [date(2020, 3, 1), date(2020, 1, 26), date(2021, 1, 1)]
    assert found[0].description.value == TEXT
    assert found[0].sequence.value == "3"
    assert found[0].uid.value == "task-1@thidua.example.vn"
    assert found[3].dtstart.value.timestamp() == happenings[3].starts.timestamp()
    assert found[3].dtend.value.timestamp() == happenings[3].ends.timestamp()
    assert found[3].dtstart.value.utcoffset().total_seconds() == 7 * 3600
    assert b"TZID=Asia/Ho_Chi_Minh" in content
    assert b"BEGIN:VTIMEZONE" in content


def test_an_empty_calendar_is_one():
    assert b"BEGIN:VCALENDAR" in as_ics("Trống", [], host="x.vn", at=AT)


@pytest.fixture
def congress(cast, today) -> Congress:
    today(2020, 5, 15)
    return cast.congress


def make_link(client) -> str:
    page = client.post(reverse("calendar:renew"), {"once": str(uuid4())})
    return page.context["address"].split("/calendar/")[1].removesuffix(".ics")


def feed(enter, token: str):
    return enter(None).get(reverse("calendar:feed", args=[token]))


def test_a_persons_calendar_holds_what_is_theirs(cast, congress, enter):
    mine = make.make_task(
        congress,
        cast.unit,
        starts=date(2020, 1, 1),
        due=date(2020, 7, 9),
        published_at=clock.now(),
        name_vi="Việc của tôi",
    )
    make.make_task(
        congress,
        cast.far_unit,
        starts=date(2020, 1, 1),
        due=date(2020, 7, 9),
        published_at=clock.now(),
        name_vi="Việc khác",
    )
    make.make_conference(congress, cast.unit, held_on=date(2020, 6, 19), session="morning", name_vi="Hội nghị Viện")
    make.make_conference(congress, cast.far_unit, held_on=date(2020, 6, 20), session="morning", name_vi="Hội nghị Cục")
    answer = feed(enter, make_link(enter(cast.unit_head)))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    found = {one.summary.value: one for one in read(answer.content)}
    assert set(found) == {"Hạn: Công việc: Việc của tôi", "Hội nghị Viện", congress.name_vi}
    task = found["Hạn: Công việc: Việc của tôi"]
    assert task.dtstart.value == date(2020, 7, 9)
    assert task.url.value.endswith(mine.get_absolute_url())
    assert found["Hội nghị Viện"].dtstart.value.time() == time(8)
    assert found[congress.name_vi].dtstart.value == date(2020, 10, 26)


def test_the_same_event_keeps_its_name_and_counts_its_changes(cast, congress, enter):
    conference = make.make_conference(congress, cast.unit, held_on=date(2020, 6, 19), session="morning")
    token = make_link(enter(cast.unit_head))
    before = next(one for one in read(feed(enter, token).content) if one.summary.value == conference.name_vi)
    conference.version += 1
    conference.held_on = date(2020, 7, 1)
    conference.save()
    after = next(one for one in read(feed(enter, token).content) if one.summary.value == conference.name_vi)
    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtstart.value.date() == date(2020, 7, 1)


def test_a_new_link_kills_the_old_one_and_only_a_digest_is_kept(cast, congress, enter):
    client = enter(cast.unit_head)
    old = make_link(client)
    assert old not in client.get(reverse("calendar:link")).text
    new = make_link(client)
    assert feed(enter, old).status_code == 404
    assert feed(enter, new).status_code == 200
    kept = CalendarLink.objects.get()
    assert kept.digest == token_digest(new) != new
    assert new not in str(list(AuditEntry.objects.values_list("details", "object_label")))
    assert AuditEntry.objects.filter(verb="calendar.link_renewed").count() == 2
    client.post(reverse("calendar:drop"))
    assert feed(enter, new).status_code == 404


def test_sent_twice_makes_one_link(cast, congress, enter):
    client, key = enter(cast.unit_head), str(uuid4())
    client.post(reverse("calendar:renew"), {"once": key})
    assert client.post(reverse("calendar:renew"), {"once": key}).status_code == 302
    assert AuditEntry.objects.filter(verb="calendar.link_renewed").count() == 1


@pytest.mark.parametrize("token", ["x", "no-such-token", "a" * 43])
def test_a_wrong_token_finds_nothing(cast, congress, enter, token):
    assert feed(enter, token).status_code == 404


def test_the_link_of_a_closed_account_or_an_ended_office_tells_no_more(cast, congress, enter):
    make.make_task(congress, cast.unit, starts=date(2020, 1, 1), due=date(2020, 7, 9), published_at=clock.now())
    token = make_link(enter(cast.unit_head))
    Office.objects.filter(user=cast.unit_head).update(ends=date(2020, 5, 14))
    assert [one.summary.value for one in read(feed(enter, token).content)] == [congress.name_vi]
    User.objects.filter(pk=cast.unit_head.pk).update(is_active=False)
    assert feed(enter, token).status_code == 404


def test_the_public_calendar_comes_with_the_published_programme(cast, congress, enter):
    url = reverse("congress:calendar", args=["2020"])
    Congress.objects.update(starts_at=time(13, 40), venue="Hội trường Bộ")
    make.make_programme_item(congress, name_vi="Khai mạc", minutes=20)
    make.make_programme_item(congress, name_vi="Chưa rõ thời gian")
    make.make_conference(congress, cast.unit, held_on=date(2020, 6, 19), session="morning", name_vi="Hội nghị Viện")
    assert enter(None).get(url).status_code == 404
    Congress.objects.update(programme_published_at=clock.now())
    answer = enter(None).get(url)
    found = {one.summary.value: one for one in read(answer.content)}
    assert set(found) == {congress.name_vi, "Khai mạc"}  # no conference, nothing of anybody's
    assert found["Khai mạc"].dtstart.value.isoformat() == "2020-10-26T13:40:00+07:00"
    assert found["Khai mạc"].location.value == "Hội trường Bộ"
