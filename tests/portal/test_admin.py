"""Accounts, the trail, letters and jobs in the admin: read by the Department, and written by nobody here."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from core import audit
from core.models import AuditEntry, Job, Mail, User
from tests import factories as make
from units.models import Office

pytestmark = pytest.mark.django_db
DEPARTMENT = {"officer", "department_head"}
NAMES = ["user", "auditentry", "mail", "job"]


def address(name: str, act: str, *args) -> str:
    return reverse(f"admin:core_{name}_{act}", args=args)


def plenty(cast, count: int) -> dict[str, str]:
    """So many rows of each; the keys of the last."""
    for number in range(count):
        user = make.make_user()
        make.make_office(user, Office.Role.UNIT_CLERK, cast.unit)
        entry = audit.record(user, "unit.changed", cast.unit, reason="Sáp nhập", changes={"tên": ["cũ", "mới"]})
        mail = Mail.objects.create(to="a@example.org", recipient=user, subject=f"Thư {number}", body="Kính gửi")
        job = Job.objects.create(kind="documents.export", title=f"Văn bản {number}", actor=user)
    return {"user": user.pk, "auditentry": entry.pk, "mail": mail.pk, "job": job.pk}


def test_only_the_department_reads_and_nobody_writes(cast, enter):
    rows = plenty(cast, 1)
    for role, user in cast.roles.items():
        client = enter(user)
        for name in NAMES:
            for url in (address(name, "changelist"), address(name, "change", rows[name])):
                assert client.get(url).status_code == (200 if role in DEPARTMENT else 302), (role, url)
    client = enter(cast.department_head)
    before = AuditEntry.objects.count()
    for name in NAMES:
        for act, args in (("add", []), ("change", [rows[name]]), ("delete", [rows[name]])):
            assert client.post(address(name, act, *args), {"post": "yes"}).status_code == 403, (name, act)
        data = {"action": "delete_selected", "_selected_action": [rows[name]]}
        client.post(address(name, "changelist"), data)
    assert User.objects.filter(pk=rows["user"]).exists()
    assert Job.objects.filter(pk=rows["job"]).exists()
    assert AuditEntry.objects.count() == before
    assert not list(audit.faults())


def test_an_account_leads_to_its_own_page_and_keeps_its_password(cast, enter):
    client = enter(cast.officer)
    for url in (address("user", "changelist"), address("user", "change", cast.unit_head.pk)):
        page = client.get(url).content.decode()
        assert reverse("units:person", args=[cast.unit_head.pk]) in page
        assert cast.unit_head.password not in page
        assert "password" not in page


def test_accounts_are_searched_without_accents(cast, enter):
    found = enter(cast.officer).get(address("user", "changelist"), {"q": "hong nhung"}).context["cl"]
    assert [user.username for user in found.result_list] == ["unit_head"]


def test_the_trail_is_searched_by_act_thing_and_person(cast, enter):
    audit.record(cast.officer, "unit.changed", cast.unit, reason="Đổi tên")
    audit.record(cast.officer, "office.given", cast.unit_clerk)
    audit.record(cast.department_head, "office.ended", cast.unit_head)
    client = enter(cast.officer)

    def found(words: str) -> list[str]:
        rows = client.get(address("auditentry", "changelist"), {"q": words}).context["cl"].result_list
        return [entry.verb for entry in rows]

    assert found("unit.changed") == ["unit.changed"]
    assert found("Đinh Quốc Minh") == ["office.given"]
    assert found("Phạm Quốc Tuấn") == ["office.ended"]
    assert found("") == ["office.ended", "office.given", "unit.changed"]  # newest first
    assert found("không có đâu") == []
    words = audit.in_words("office.given")
    assert found(words) == found(words.upper()) == ["office.given"]


def test_an_entry_is_told_in_words(cast, enter):
    rows = plenty(cast, 1)
    page = enter(cast.officer).get(address("auditentry", "change", rows["auditentry"])).content.decode()
    assert audit.in_words("unit.changed") in page
    for word in ("tên: cũ → mới", "Sáp nhập", AuditEntry.objects.get(pk=rows["auditentry"]).digest):
        assert word in page


def test_what_people_wrote_stays_text(cast, enter):
    evil = '<script>alert("x")</script>'
    user = make.make_user("evil", full_name=evil, phone="<b>")
    entry = audit.record(user, "unit.changed", cast.unit, reason=evil, changes={evil: [evil, evil]}, more=evil)
    mail = Mail.objects.create(to="a@example.org", subject=evil, body=evil)
    client = enter(cast.officer)
    for url in (
        *(address(name, "changelist") for name in NAMES),
        address("auditentry", "change", entry.pk),
        address("mail", "change", mail.pk),
        address("user", "change", user.pk),
    ):
        assert '<script>alert("x")' not in client.get(url).content.decode(), url


@pytest.mark.parametrize("name", NAMES)
def test_a_list_costs_the_same_at_one_row_and_at_many(cast, enter, name, django_assert_max_num_queries):
    plenty(cast, 1)
    client, url = enter(cast.officer), address(name, "changelist")
    client.get(url)
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    plenty(cast, 5)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url)


# ---- The site as a whole ----


def test_nothing_can_be_deleted_anywhere(cast, rf):
    request = rf.get("/admin/")
    request.user = cast.department_head
    for model, shown in admin.site._registry.items():
        assert not shown.has_delete_permission(request), model
        assert "delete_selected" not in shown.get_actions(request), model


def test_djangos_own_rights_are_nobodys(cast, enter):
    """What somebody may do follows from offices: groups stand there and open nothing."""
    client = enter(cast.department_head)
    assert client.get("/admin/auth/group/").status_code == 403
    assert "/admin/auth/" not in client.get("/admin/").content.decode()


def test_the_portal_has_one_door_for_signing_in_and_out(cast, enter):
    with pytest.raises(NoReverseMatch):
        reverse("admin:password_change")
    client = enter(cast.officer)
    assert client.get("/admin/login/").headers["Location"] == reverse("admin:index")
    assert client.post("/admin/logout/").headers["Location"] == reverse("portal:home")
    assert client.get("/admin/").status_code == 200  # still signed in
    page = enter(None).get("/admin/core/user/", follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("core:sign_in"))


def test_who_holds_no_office_of_the_department_any_more_is_out(cast, enter):
    client = enter(cast.officer)
    assert client.get("/admin/").status_code == 200
    Office.objects.filter(user=cast.officer).update(ends="2019-01-02")
    assert client.get("/admin/", follow=True).status_code == 403


def test_ticks_are_read_out_in_the_readers_language(cast, enter):
    for address in (reverse("admin:core_user_changelist"), reverse("admin:core_user_change", args=[cast.desk.pk])):
        page = enter(cast.officer).get(address).text
        assert 'alt="Có"' in page
        assert 'alt="True"' not in page
