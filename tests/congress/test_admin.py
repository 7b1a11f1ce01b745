"""The catalogues of a congress in the admin: the Department alone, through acts, and nobody's words are lost."""

import pytest
from django.urls import reverse

from congress.models import AwardType, LegalBasis, Movement, Phase
from core.models import AuditEntry
from tests import factories as make
from tests.sheet import fill_in, form_of

pytestmark = pytest.mark.django_db
DEPARTMENT = {"officer", "department_head"}

# model: what is written, what it is changed to, and the entries
CATALOGUES = {
    AwardType: (
        {"code": "BK", "name_vi": "Bằng khen của Bộ", "level": "Ministry", "given_to": "both", "kind": "reward"},
        {"valid_to": "31/12/2023"},
        ["award.added", "award.changed"],
    ),
    LegalBasis: (
        {"number": "19/KH-HĐTĐKT", "dated": "24/05/2019", "issuer": "Hội đồng Trung ương", "title": "Kế hoạch"},
        {"signer": "Chủ tịch Hội đồng"},
        ["legal_basis.added", "legal_basis.changed"],
    ),
    Movement: ({"name_vi": "Phong trào"}, {"name_en": "Movement"}, ["movement.added", "movement.changed"]),
    Phase: ({"code": "chuan-bi", "name_vi": "Chuẩn bị"}, {"order": "7"}, ["phase.added", "phase.changed"]),
}
LISTS = [*(model._meta.model_name for model in CATALOGUES), "congress"]


def address(name: str, act: str, *args) -> str:
    return reverse(f"admin:congress_{name}_{act}", args=args)


@pytest.fixture
def rows(cast) -> dict[str, int]:
    """One row of each catalogue."""
    basis = LegalBasis.objects.create(
        congress=cast.congress, number="2298", dated="2019-08-01", issuer="Bộ", title="Thư"
    )
    return {
        "awardtype": make.make_award_type().pk,
        "legalbasis": basis.pk,
        "movement": Movement.objects.create(congress=cast.congress, name_vi="Phong trào").pk,
        "phase": make.make_phase(cast.congress).pk,
        "congress": cast.congress.pk,
    }


def test_only_the_department_comes_in(cast, enter, rows):
    for role, user in cast.roles.items():
        client = enter(user)
        for name in LISTS:
            adding = [address(name, "add")] if name != "congress" else []
            for url in (address(name, "changelist"), address(name, "change", rows[name]), *adding):
                assert client.get(url).status_code == (200 if role in DEPARTMENT else 302), (role, url)


def test_who_does_not_belong_here_is_told_so(cast, enter):
    page = enter(cast.unit_head).get(address("awardtype", "changelist"), follow=True)
    assert page.status_code == 403
    assert enter(None).get("/admin/", follow=True).request["PATH_INFO"] == reverse("core:sign_in")


@pytest.mark.parametrize("model", CATALOGUES)
def test_what_is_written_goes_through_the_act(cast, enter, model):
    values, change, verbs = CATALOGUES[model]
    client, name = enter(cast.officer), model._meta.model_name
    assert fill_in(client, address(name, "add"), "order", **values).status_code == 302
    row = model.objects.get()
    assert fill_in(client, address(name, "change", row.pk), "order", **change).status_code == 302
    row.refresh_from_db()
    assert all(str(getattr(row, key)) for key in change)
    entries = AuditEntry.objects.order_by("number")
    assert [entry.verb for entry in entries] == verbs
    assert {entry.actor for entry in entries} == {cast.officer}
    assert entries[1].details["changes"]


@pytest.mark.parametrize("model", CATALOGUES)
def test_a_fault_keeps_what_was_typed(cast, enter, model):
    values, _change, _verbs = CATALOGUES[model]
    client, name = enter(cast.officer), model._meta.model_name
    page = fill_in(client, address(name, "add"), "order", **values, order="không phải số")
    assert page.status_code == 200
    assert form_of(page, "order") | values | {"order": "không phải số"} == form_of(page, "order")
    assert not model.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("model", CATALOGUES)
def test_a_form_sent_twice_adds_one_row(cast, enter, model):
    values, _change, _verbs = CATALOGUES[model]
    client, url = enter(cast.officer), address(model._meta.model_name, "add")
    sheet = form_of(client.get(url), "order") | values
    assert [client.post(url, sheet).status_code for _time in range(2)] == [302, 302]
    assert model.objects.count() == 1


def test_what_stands_once_in_a_congress_is_refused_at_its_field(cast, enter):
    phases = [make.make_phase(cast.congress, code=code) for code in ("mot", "hai")]
    page = fill_in(enter(cast.officer), address("phase", "change", phases[1].pk), "order", code="mot")
    assert page.status_code == 200
    assert page.context["adminform"].form.errors
    assert form_of(page, "order")["code"] == "mot"


def test_a_row_stays_with_its_congress(cast, enter):
    phase = make.make_phase(cast.congress)
    other = make.make_congress(slug="2025", is_current=False)
    assert "congress" not in form_of(enter(cast.officer).get(address("phase", "change", phase.pk)), "order")
    fill_in(enter(cast.officer), address("phase", "change", phase.pk), "order", congress=other.pk, name_vi="Mới")
    phase.refresh_from_db()
    assert (phase.congress, phase.name_vi) == (cast.congress, "Mới")


def test_two_editors_of_one_award(cast, enter):
    award = make.make_award_type(note="Dòng một\nDòng hai")
    url = address("awardtype", "change", award.pk)
    second = enter(cast.department_head)
    sheet = form_of(second.get(url), "order")
    assert fill_in(enter(cast.officer), url, "order", valid_to="31/12/2023", order="5").status_code == 302
    page = second.post(url, sheet | {"valid_to": "30/06/2023", "name_en": "Certificate"})
    assert page.status_code == 409
    assert "31/12/2023" in page.content.decode()
    assert second.post(url, form_of(page, "order")).status_code == 302
    award.refresh_from_db()
    assert (award.valid_to.isoformat(), award.order, award.name_en) == ("2023-06-30", 5, "Certificate")
    told = [set(entry.details["changes"]) for entry in AuditEntry.objects.order_by("number")]
    assert len(told) == 2
    assert len(told[1]) == 2  # the day and the name: nothing that this editor had not touched


def test_nothing_is_deleted_here(cast, enter, rows):
    client = enter(cast.department_head)
    for name, pk in rows.items():
        url = address(name, "delete", pk)
        assert client.get(url).status_code == client.post(url, {"post": "yes"}).status_code == 403
        client.post(address(name, "changelist"), {"action": "delete_selected", "_selected_action": [pk]})
    assert AwardType.objects.exists()
    assert Phase.objects.exists()
    assert not AuditEntry.objects.exists()


def test_the_congress_is_read_here_and_changed_on_its_page(cast, enter):
    client, url = enter(cast.officer), address("congress", "change", cast.congress.pk)
    page = client.get(url).content.decode()
    assert reverse("congress:congress", args=[cast.congress.slug]) in page
    assert client.post(url, {"name_vi": "x"}).status_code == 403
    assert client.get(address("congress", "add")).status_code == 403


def test_awards_are_searched_without_accents(cast, enter):
    make.make_award_type(name_vi="Huân chương Lao động hạng Nhất")
    make.make_award_type(name_vi="Bằng khen của Bộ trưởng", abbreviation="BK")
    client = enter(cast.officer)
    for words, found in {"huan chuong": 1, "BO TRUONG bang": 1, "bk": 1, "không có": 0, "": 2}.items():
        assert client.get(address("awardtype", "changelist"), {"q": words}).context["cl"].result_count == found, words


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_at_one_row_and_at_five(cast, enter, rows, name, django_assert_max_num_queries):
    client, url = enter(cast.officer), address(name, "changelist")
    client.get(url)
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    for number in range(4):
        make.make_award_type()
        make.make_phase(cast.congress)
        Movement.objects.create(congress=cast.congress, name_vi=f"Phong trào {number}")
        LegalBasis.objects.create(
            congress=cast.congress, number=number, dated="2019-08-01", issuer="Bộ", title="Hướng dẫn"
        )
        make.make_congress(slug=f"khac-{number}", is_current=False)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert client.get(url).status_code == 200
