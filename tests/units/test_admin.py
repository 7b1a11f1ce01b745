"""The catalogues in the admin: the Department alone, and every change through an act."""

import pytest
from django.urls import reverse

from core.models import AuditEntry
from tests import factories as make
from tests.sheet import fill_in, form_of
from units.models import Block, Unit

pytestmark = pytest.mark.django_db
LIST = {"unit": reverse("admin:units_unit_changelist"), "block": reverse("admin:units_block_changelist")}


def test_only_the_department_comes_in(cast, enter):
    for role, user in cast.roles.items():
        for url in (reverse("admin:index"), *LIST.values(), reverse("admin:units_block_add")):
            status = enter(user).get(url).status_code
            assert status == (200 if role in ("officer", "department_head") else 302), (role, url)


def test_a_block_is_added_and_changed_through_acts(cast, enter):
    client = enter(cast.officer)
    values = {"code": "9", "name_vi": "Khối chín", "name_en": "", "order": "9"}
    assert fill_in(client, reverse("admin:units_block_add"), "code", **values).status_code == 302
    block = Block.objects.get(code="9")
    url = reverse("admin:units_block_change", args=[block.pk])
    assert fill_in(client, url, "code", name_vi="Khối mười").status_code == 302
    block.refresh_from_db()
    assert block.name_vi == "Khối mười"
    entries = AuditEntry.objects.filter(object_type="units.block").order_by("number")
    assert [entry.verb for entry in entries] == ["block.added", "block.changed"]
    assert all(entry.actor == cast.officer for entry in entries)


def test_a_unit_is_added_here_and_mended_on_its_page(cast, enter):
    client = enter(cast.officer)
    values = {
        "code": "VKIST", "name_vi": "Viện Việt - Hàn", "kind": "vien", "head_title": "Viện trưởng",
        "block": cast.block.pk, "confidence": "medium", "order": "1", "is_active": "on",
    }  # fmt: skip
    assert fill_in(client, reverse("admin:units_unit_add"), "code", **values).status_code == 302
    unit = Unit.objects.get(code="VKIST")
    assert unit.folded.startswith("vien viet - han")
    assert AuditEntry.objects.get().verb == "unit.added"
    url = reverse("admin:units_unit_change", args=[unit.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, values | {"name_vi": "x"}).status_code == 403
    unit.refresh_from_db()
    assert unit.name_vi == "Viện Việt - Hàn"


def test_a_fault_keeps_what_was_typed(cast, enter):
    client, url = enter(cast.officer), reverse("admin:units_block_add")
    page = fill_in(client, url, "code", code=cast.block.code, name_vi="Đang gõ")
    assert page.status_code == 200
    assert form_of(page, "code")["name_vi"] == "Đang gõ"


def test_a_form_sent_twice_adds_one_row(cast, enter):
    client, url = enter(cast.officer), reverse("admin:units_block_add")
    sheet = form_of(client.get(url), "code") | {"code": "9", "name_vi": "Khối chín"}
    assert [client.post(url, sheet).status_code for _time in range(2)] == [302, 302]
    assert Block.objects.filter(code="9").count() == 1
    assert client.post(url, sheet | {"once": ""}).status_code == 409  # not sent completely


class TestTwoEditors:
    @pytest.fixture
    def url(self, cast) -> str:
        return reverse("admin:units_block_change", args=[cast.block.pk])

    def test_who_changes_something_else_loses_nothing(self, cast, enter, url):
        sheet = form_of(enter(cast.department_head).get(url), "code")
        fill_in(enter(cast.officer), url, "code", name_vi="Tên mới")
        assert enter(cast.department_head).post(url, sheet | {"order": "77"}).status_code == 302
        cast.block.refresh_from_db()
        assert (cast.block.name_vi, cast.block.order) == ("Tên mới", 77)

    def test_who_changes_the_same_sees_both_and_may_go_on(self, cast, enter, url):
        second = enter(cast.department_head)
        sheet = form_of(second.get(url), "code")
        fill_in(enter(cast.officer), url, "code", name_vi="Tên của người kia")
        page = second.post(url, sheet | {"name_vi": "Tên của tôi"})
        assert page.status_code == 409
        assert "Tên của người kia" in page.content.decode()
        again = form_of(page, "code")
        assert again["name_vi"] == "Tên của tôi"
        cast.block.refresh_from_db()
        assert cast.block.name_vi == "Tên của người kia"
        assert second.post(url, again).status_code == 302
        cast.block.refresh_from_db()
        assert cast.block.name_vi == "Tên của tôi"

    def test_nothing_is_written_when_nothing_was_typed(self, cast, enter, url):
        assert fill_in(enter(cast.officer), url, "code").status_code == 302
        assert not AuditEntry.objects.exists()


def test_nothing_is_deleted_here(cast, enter):
    client = enter(cast.department_head)
    for name, pk in (("unit", cast.unit.pk), ("block", cast.block.pk)):
        url = reverse(f"admin:units_{name}_delete", args=[pk])
        assert client.get(url).status_code == client.post(url, {"post": "yes"}).status_code == 403
        data = {"action": "delete_selected", "_selected_action": [pk]}
        client.post(LIST[name], data)
    assert Unit.objects.filter(pk=cast.unit.pk).exists()


def test_the_search_ignores_accents(cast, enter):
    make.make_unit(name_vi="Báo Khoa học và Phát triển")
    page = enter(cast.officer).get(LIST["unit"], {"q": "khoa hoc phat trien"})
    assert page.context["cl"].result_count == 1
