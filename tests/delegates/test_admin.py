"""Categories and ethnic groups in the admin: the Department alone, through acts; a refused act has its page."""

import pytest
from django.urls import reverse

from core.models import AuditEntry
from delegates.models import Category, EthnicGroup
from tests.delegates import factories as make
from tests.sheet import fill_in, form_of

pytestmark = pytest.mark.django_db
DEPARTMENT = {"officer", "department_head"}
CATEGORY = {"code": "KM", "name_vi": "Khách mời", "short_vi": "Khách"}
GROUP = {"code": "56", "name_vi": "Tà Mun", "aliases": "Tà-mun"}


def address(name: str, act: str, *args) -> str:
    return reverse(f"admin:delegates_{name}_{act}", args=args)


def test_only_the_department_comes_in(cast, hall, enter):
    group = make.make_ethnic_group()
    for role, user in cast.roles.items():
        client = enter(user)
        for name, pk in (("category", hall.model.pk), ("ethnicgroup", group.pk)):
            for url in (address(name, "changelist"), address(name, "add"), address(name, "change", pk)):
                assert client.get(url).status_code == (200 if role in DEPARTMENT else 302), (role, url)


def test_delegates_and_seats_are_not_here(cast, enter):
    client = enter(cast.department_head)
    for name in ("delegate", "quota"):
        assert client.get(f"/admin/delegates/{name}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "model", "values", "change"),
    [
        ("category", Category, CATEGORY, {"name_en": "Guests"}),
        ("ethnicgroup", EthnicGroup, GROUP, {"aliases": "Tamun"}),
    ],
)
def test_what_is_written_goes_through_the_act(cast, enter, name, model, values, change):
    client = enter(cast.officer)
    assert fill_in(client, address(name, "add"), "code", **values).status_code == 302
    row = model.objects.get(code=values["code"])
    assert fill_in(client, address(name, "change", row.pk), "code", **change).status_code == 302
    row.refresh_from_db()
    assert {key: getattr(row, key) for key in change} == change
    entries = AuditEntry.objects.order_by("number")
    said = name.replace("ethnicgroup", "ethnic_group")
    assert [entry.verb for entry in entries] == [f"{said}.added", f"{said}.changed"]
    assert {entry.actor for entry in entries} == {cast.officer}


@pytest.mark.parametrize(("name", "values"), [("category", CATEGORY), ("ethnicgroup", GROUP)])
def test_a_fault_keeps_what_was_typed(cast, enter, name, values):
    sent = values | {"name_vi": "", "code": "mã quá dài so với cột này"}
    page = fill_in(enter(cast.officer), address(name, "add"), "code", **sent)
    assert page.status_code == 200
    assert {"name_vi", "code"} <= set(page.context["adminform"].form.errors)
    assert form_of(page, "code") | sent == form_of(page, "code")
    assert not AuditEntry.objects.exists()


def test_a_code_that_another_category_has_is_refused_at_its_field(cast, hall, enter):
    page = fill_in(enter(cast.officer), address("category", "change", hall.model.pk), "code", code=hall.press.code)
    assert page.status_code == 200
    assert page.context["adminform"].form.errors
    assert form_of(page, "code")["code"] == hall.press.code


def test_a_refused_act_has_its_page(cast, hall, enter):
    """Units have seats in this category: it cannot become the Ministry's own."""
    client, url = enter(cast.officer), address("category", "change", hall.model.pk)
    sheet = form_of(client.get(url), "code")
    del sheet["by_unit"]
    page = client.post(url, sheet)
    assert page.status_code == 409
    assert hall.model.name_vi in page.content.decode()
    hall.model.refresh_from_db()
    assert hall.model.by_unit
    assert not AuditEntry.objects.exists()


def test_two_editors_of_one_category(cast, hall, enter):
    url = address("category", "change", hall.model.pk)
    second = enter(cast.department_head)
    sheet = form_of(second.get(url), "code")
    fill_in(enter(cast.officer), url, "code", short_vi="Tên của người kia", needs_award="on")
    page = second.post(url, sheet | {"short_vi": "Tên của tôi"})
    assert page.status_code == 409
    assert "Tên của người kia" in page.content.decode()
    assert second.post(url, form_of(page, "code")).status_code == 302
    hall.model.refresh_from_db()
    assert (hall.model.short_vi, hall.model.needs_award) == ("Tên của tôi", True)


def test_nothing_is_deleted_here(cast, hall, enter):
    client, group = enter(cast.department_head), make.make_ethnic_group()
    for name, pk in (("category", hall.press.pk), ("ethnicgroup", group.pk)):
        url = address(name, "delete", pk)
        assert client.get(url).status_code == client.post(url, {"post": "yes"}).status_code == 403
        client.post(address(name, "changelist"), {"action": "delete_selected", "_selected_action": [pk]})
    assert Category.objects.filter(pk=hall.press.pk).exists()
    assert EthnicGroup.objects.filter(pk=group.pk).exists()


def test_ethnic_groups_are_searched_without_accents_and_by_other_spellings(cast, enter):
    make.make_ethnic_group(name_vi="Ê-đê", aliases="Ra-đê, Đê")
    make.make_ethnic_group(name_vi="Cơ-ho", aliases="Xrê, Cờ Ho")
    for words in ("e-de", "ra-de", "Ê-ĐÊ"):
        found = enter(cast.officer).get(address("ethnicgroup", "changelist"), {"q": words}).context["cl"]
        assert [group.name_vi for group in found.result_list] == ["Ê-đê"], words


@pytest.mark.parametrize("name", ["category", "ethnicgroup"])
def test_a_list_costs_the_same_at_one_row_and_at_many(cast, enter, name, django_assert_max_num_queries):
    make.make_category(cast.congress)
    make.make_ethnic_group()
    client, url = enter(cast.officer), address(name, "changelist")
    client.get(url)
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    for _ in range(4):
        make.make_category(cast.congress)
        make.make_ethnic_group()
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url)
