"""The programme: times that follow one another, order, the showcase reports, publishing."""

from datetime import date, time
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document as open_docx
from openpyxl import load_workbook

from congress import actions, rules
from congress.actions import Report
from congress.queries import timetable
from core.refusal import Refused
from tests import factories as make


@pytest.fixture
def programme(cast):
    cast.congress.starts_at = time(13, 40)
    cast.congress.save()
    items = [make.make_programme_item(cast.congress, name_vi=name, minutes=20) for name in ("Văn nghệ", "Khai mạc")]
    reports = make.make_programme_item(cast.congress, name_vi="Tham luận", holds_reports=True)
    return [*items, reports, make.make_programme_item(cast.congress, name_vi="Bế mạc", minutes=10)]


def times(congress) -> list[tuple]:
    return [(point.item.name_vi, point.starts, point.ends) for point in timetable(congress)]


def choose(congress, number=4):
    reports = [Report(f"Báo cáo {n}", f"Người {n}") for n in range(number)]
    return actions.set_showcase_reports(actor=None, congress=congress, reports=reports)


def test_each_item_begins_when_the_one_before_ends(cast, programme):
    choose(cast.congress)
    assert times(cast.congress) == [
        ("Văn nghệ", time(13, 40), time(14, 0)),
        ("Khai mạc", time(14, 0), time(14, 20)),
        ("Tham luận", time(14, 20), time(15, 0)),
        ("Bế mạc", time(15, 0), time(15, 10)),
    ]


def test_a_change_moves_what_follows(cast, programme):
    choose(cast.congress)
    actions.edit_programme_item(actor=cast.officer, item=programme[0], version=1, minutes=35)
    assert times(cast.congress)[-1] == ("Bế mạc", time(15, 15), time(15, 25))


def test_items_change_places(cast, programme):
    actions.move_programme_item(actor=cast.officer, item=programme[1], up=True)
    actions.move_programme_item(actor=cast.officer, item=programme[1], up=True)  # the first stays first
    assert [name for name, *_ in times(cast.congress)][:2] == ["Khai mạc", "Văn nghệ"]


def test_reports_replace_those_before(cast, programme):
    choose(cast.congress, 4)
    choose(cast.congress, 3)
    (point,) = [point for point in timetable(cast.congress) if point.item.holds_reports]
    assert [part.item.name_vi for part in point.parts] == ["Báo cáo 0", "Báo cáo 1", "Báo cáo 2"]


def test_what_holds_the_reports_is_not_removed(cast, programme):
    with pytest.raises(Refused):
        actions.remove_programme_item(actor=cast.officer, item=programme[2])
    actions.remove_programme_item(actor=cast.officer, item=programme[3])
    assert cast.congress.programme.count() == 3


def test_everybody_reads_it_once_it_is_published(cast, programme, enter):
    url = reverse("portal:public_programme", args=["2020"])
    assert enter(None).get(url).status_code == 404
    enter(cast.officer).post(reverse("congress:programme_publish", args=["2020"]), {"publish": "yes"})
    assert "Văn nghệ" in enter(None).get(url).text
    assert "Văn nghệ" in enter(cast.stranger).get(url).text
    enter(cast.officer).post(reverse("congress:programme_publish", args=["2020"]), {"publish": "no"})
    assert enter(None).get(url).status_code == 404


def test_without_a_day_it_is_not_published(cast):
    cast.congress.held_on = None
    assert rules.why_not_publish(cast.officer, cast.congress)
    cast.congress.held_on = date(2020, 10, 26)
    assert rules.why_not_publish(cast.officer, cast.congress) is None
    assert rules.why_not_publish(cast.unit_head, cast.congress)


@pytest.mark.parametrize("key", ["plan", "conferences", "programme"])
def test_papers_read_back_in_vietnamese(cast, programme, enter, key):
    cast.stranger.language = "en"
    cast.stranger.save()
    make.make_task(cast.congress, cast.unit, name_vi="Soạn hướng dẫn")
    make.make_conference(
        cast.congress, cast.unit, name_vi="Hội nghị của Viện", held_on=date(2020, 6, 19), session="morning"
    )
    words = {"plan": "Soạn hướng dẫn", "conferences": "Hội nghị của Viện", "programme": "Khai mạc"}[key]
    client = enter(cast.stranger)
    excel = client.post(reverse("documents:take", args=["2020", key, "xlsx"]), {"query": ""})
    cells = [cell.value for row in load_workbook(BytesIO(excel.content)).active.iter_rows() for cell in row]
    assert words in cells
    assert "BỘ KHOA HỌC VÀ CÔNG NGHỆ" in cells
    assert "sáng" in cells or key != "conferences"
    made = open_docx(BytesIO(client.post(reverse("documents:take", args=["2020", key, "docx"]), {}).content))
    assert any(words in cell.text for table in made.tables for row in table.rows for cell in row.cells)
