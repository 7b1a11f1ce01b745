"""A unit's list settled by its head: who may, what it holds, what the unit may still do, and how it is opened again."""

import uuid
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from congress.duties import duties
from core.models import AuditEntry, Mail
from core.refusal import Denial, Refused
from core.vietnamese import PartialDate
from delegates import actions, rules
from delegates.exports.unit_letter import letter
from delegates.models import Delegate, SettledList
from delegates.queries import settled as queries
from tests import factories
from tests.delegates import factories as make
from units.models import Office

pytestmark = pytest.mark.django_db
State = Delegate.State


def address(name: str, *args) -> str:
    return reverse(f"delegates:{name}", args=["2020", *args])


def digest(cast) -> str:
    return queries.settling_sheet(cast.congress, cast.unit).roll.digest


def settle(cast, **more) -> SettledList:
    actor = more.pop("actor", cast.unit_head)
    fields = {"read": digest(cast), **more}
    return actions.settle_list(actor=actor, congress=cast.congress, unit=cast.unit, **fields)


@pytest.fixture
def clerk(cast):
    """A clerk of the head's own unit."""
    user = factories.make_user("own_clerk")
    factories.make_office(user, Office.Role.UNIT_CLERK, cast.unit)
    return user


@pytest.fixture
def one(cast, hall) -> Delegate:
    return make.make_delegate(cast.unit, hall.model, full_name="Lê Thị Tư", phone="", email="a@example.org")


# ---- Who settles, and what ----


class TestSettling:
    def test_the_head_settles_what_was_read(self, cast, hall, one):
        make.make_delegate(cast.unit, hall.model, state=State.RESERVE, reserve_order=1)
        made = settle(cast, document="15/VNC")
        assert (made.number, made.people, made.reserves, made.free, made.members) == (1, 1, 1, 1, [one.pk])
        assert (made.capacity, made.settled_by, made.document) == ("head", cast.unit_head, "15/VNC")
        entry = AuditEntry.objects.get(verb="unit_list.settled")
        assert entry.details["people"] == 1

    def test_who_acts_for_the_absent_head_settles_in_that_capacity(self, cast, hall, one):
        deputy = factories.make_user("deputy")
        factories.make_office(deputy, Office.Role.ACTING_HEAD, cast.unit, ends=date(2035, 1, 1), document="5/GUQ")
        made = settle(cast, actor=deputy)
        assert made.capacity == "acting"
        assert "(" in AuditEntry.objects.get(verb="unit_list.settled").actor_label

    def test_nobody_else_does(self, cast, hall, one, clerk):
        for user in (clerk, cast.officer, cast.department_head, cast.block_head, cast.unit_clerk, None):
            reason = rules.why_not_settle_for(user, cast.unit)
            assert isinstance(reason, Denial)
            with pytest.raises(Refused):
                settle(cast, actor=user)

    def test_an_empty_list_is_not_settled(self, cast, hall):
        with pytest.raises(Refused):
            settle(cast)

    @pytest.mark.parametrize("change", ["edit", "register", "withdraw", "reserve", "seats"])
    def test_what_was_changed_meanwhile_is_read_again(self, cast, hall, one, clerk, change):
        read = digest(cast)
        new = {"congress": cast.congress, "unit": cast.unit, "category": hall.model}
        if change == "edit":
            actions.edit(actor=clerk, delegate=one, version=1, position="Viện trưởng")
        elif change == "register":
            actions.register(actor=clerk, **new, **make.a_person())
        elif change == "withdraw":
            make.make_delegate(cast.unit, hall.model)
            actions.withdraw(actor=clerk, delegate=one, version=1, reason="Ốm")
        elif change == "reserve":
            make.make_delegate(cast.unit, hall.model, state=State.RESERVE, reserve_order=1)
        else:
            actions.set_seats(
                actor=cast.officer, congress=cast.congress, seats={(cast.unit.pk, hall.model.pk): 3},
                versions={(cast.unit.pk, hall.model.pk): 1},
            )  # fmt: skip
        with pytest.raises(actions.ListChanged):
            settle(cast, read=read)
        assert not SettledList.objects.exists()

    def test_settled_twice_without_a_change_is_refused_and_after_one_it_is_a_new_version(self, cast, hall, one):
        first = settle(cast)
        with pytest.raises(Refused):
            settle(cast)
        actions.replace(
            actor=cast.unit_head, delegate=one, version=1, reason="Ốm", document="CV 3", category=hall.model,
            **make.a_person(),
        )  # fmt: skip
        second = settle(cast)
        first.refresh_from_db()
        assert (second.number, first.ended_at is not None, first.reason) == (2, True, "")
        assert list(SettledList.objects.in_force()) == [second]


# ---- What the unit may still do ----


class TestAfterwards:
    @pytest.fixture(autouse=True)
    def settled(self, cast, hall, one) -> SettledList:
        return settle(cast)

    def test_nobody_comes_and_nobody_goes(self, cast, hall, one, clerk):
        new = {"congress": cast.congress, "unit": cast.unit, "category": hall.model}
        for act in (actions.register, actions.register_reserve):
            with pytest.raises(Refused):  # though a seat is free
                act(actor=clerk, **new, **make.a_person())
        with pytest.raises(Refused):
            actions.withdraw(actor=clerk, delegate=one, version=1, reason="Ốm")
        assert rules.why_not_send_list(clerk, cast.congress, cast.unit)
        assert rules.why_not_order(clerk, cast.congress, cast.unit)
        assert rules.why_not_open_registration_anywhere(clerk, cast.congress)

    def test_the_department_is_not_bound(self, cast, hall, one):
        new = {"congress": cast.congress, "unit": cast.unit, "category": hall.model}
        actions.register(actor=cast.officer, **new, **make.a_person())
        actions.edit(actor=cast.officer, delegate=one, version=1, full_name="Lê Thị Từ")
        one.refresh_from_db()
        actions.withdraw(actor=cast.officer, delegate=one, version=one.version, reason="Ốm")
        found = queries.settled_lists(cast.congress)[cast.unit.pk]
        assert (found.come, found.gone) == (1, 1)

    @pytest.mark.parametrize(
        ("values", "may"),
        [
            ({"full_name": "Lê Thị Năm"}, False),
            ({"sex": "male"}, False),
            ({"birth": PartialDate(1979)}, False),
            ({"position": "Viện trưởng"}, False),
            ({"birth": PartialDate(1980, 5, 9)}, True),  # the same, and more of it
            ({"education": "master"}, True),  # was missing
            ({"phone": "0987654321"}, True),
            ({"note": "Ăn chay"}, True),
            ({"full_name": "Lê Thị Tư", "phone": "0987654321"}, True),  # sent along unchanged
        ],
    )
    def test_who_it_is_stays_and_what_is_missing_is_completed(self, cast, one, clerk, values, may):
        def change():
            return actions.edit(actor=clerk, delegate=one, version=1, **values)

        if may:
            assert change().version > 1
        else:
            with pytest.raises(Refused):
                change()

    def test_another_category_is_refused(self, cast, hall, one, clerk):
        make.make_quota(cast.unit, hall.collective, 1)
        with pytest.raises(Refused):
            actions.edit(actor=clerk, delegate=one, version=1, category=hall.collective, represents="Phòng Quang tử")

    def test_whoever_cannot_come_is_replaced_by_paper(self, cast, hall, one, clerk):
        told = {"delegate": one, "version": 1, "reason": "Ốm", "category": hall.model}
        with pytest.raises(Refused):
            actions.replace(actor=clerk, **told, **make.a_person())
        made = actions.replace(actor=clerk, **told, document="CV 3", **make.a_person())
        assert made.state == State.REGISTERED

    def test_new_seats_let_the_unit_add_on_them_alone(self, cast, hall, settled, clerk):
        new = {"congress": cast.congress, "unit": cast.unit, "category": hall.model}
        hall.unit_quota.seats = 3  # one more; one was left free when the list was settled
        hall.unit_quota.save()
        assert rules.rooms(settled) == {hall.model.pk: 1}
        assert rules.why_not_open_registration(clerk, cast.congress, cast.unit) is None
        actions.register(actor=clerk, **new, **make.a_person())
        with pytest.raises(Refused):
            actions.register(actor=clerk, **new, **make.a_person())
        again = settle(cast)
        assert (again.number, again.people, again.free) == (2, 2, 1)

    def test_a_reserve_comes_to_a_new_seat(self, cast, hall, clerk):
        waits = make.make_delegate(cast.unit, hall.model, state=State.RESERVE, reserve_order=1)
        with pytest.raises(Refused):
            actions.promote(actor=clerk, delegate=waits, version=1)
        hall.unit_quota.seats = 3
        hall.unit_quota.save()
        assert actions.promote(actor=clerk, delegate=waits, version=1).state == State.REGISTERED

    def test_the_department_opens_it_again_with_a_letter(self, cast, hall, settled, clerk):
        for user in (clerk, cast.unit_head):
            with pytest.raises(Refused):
                actions.open_settled(actor=user, settled=settled, reason="Sai")
        Mail.objects.all().delete()
        actions.open_settled(actor=cast.officer, settled=settled, reason="Bổ sung đại biểu nữ")
        assert {mail.recipient for mail in Mail.objects.all()} == {cast.unit_head, clerk}
        assert all("Bổ sung đại biểu nữ" in mail.body for mail in Mail.objects.all())
        new = {"congress": cast.congress, "unit": cast.unit, "category": hall.model}
        actions.register(actor=clerk, **new, **make.a_person())
        with pytest.raises(Refused):
            actions.open_settled(actor=cast.officer, settled=settled, reason="Lần nữa")
        assert settle(cast).number == 2


# ---- Pages ----


class TestPages:
    def post(self, client, cast, **fields):
        form = {"read": digest(cast), "stated": "on", "once": str(uuid.uuid4()), **fields}
        return client.post(address("settle", cast.unit.pk), form)

    def test_the_page_shows_the_whole_list_with_warnings_and_nothing_ticked(self, cast, hall, one, enter):
        hall.model.needed_fields = ["education"]
        hall.model.save()
        page = enter(cast.unit_head).get(address("settle", cast.unit.pk))
        assert one.full_name in page.text
        assert page.context["sheet"].lacking == 1
        assert "checked" not in page.text.split("<main")[1]
        assert page.context["sheet"].roll.free == 1

    def test_the_statement_has_to_be_ticked(self, cast, hall, one, enter):
        client = enter(cast.unit_head)
        page = self.post(client, cast, stated="")
        assert "stated" in page.context["form"].errors
        assert self.post(client, cast).status_code == 302
        assert "Lê Thị Hồng Nhung" in client.get(address("unit", cast.unit.pk)).text

    def test_a_list_changed_meanwhile_comes_back_to_be_read(self, cast, hall, one, enter):
        client, read = enter(cast.unit_head), digest(cast)
        make.make_delegate(cast.unit, hall.model, full_name="Người Mới")
        page = self.post(client, cast, read=read)
        assert page.status_code == 409
        assert "Người Mới" in page.text
        assert "checked" not in page.text.split("<main")[1]
        assert self.post(client, cast).status_code == 302

    def test_the_unit_reads_why_and_the_department_opens(self, cast, hall, one, clerk, enter):
        settle(cast)
        page = enter(clerk).get(address("unit", cast.unit.pk)).text
        assert 'aria-disabled="true"' in page
        for url in (address("register"), address("lists"), address("withdraw", one.pk)):
            assert enter(clerk).get(url).status_code == 409, url
        form = enter(clerk).get(address("edit", one.pk)).context["form"]
        assert form.fields["full_name"].disabled
        assert not form.fields["education"].disabled
        sent = {"reason": "Bổ sung", "once": str(uuid.uuid4())}
        assert enter(cast.officer).post(address("open_settled", cast.unit.pk), sent).status_code == 302
        assert enter(clerk).get(address("register")).status_code == 200

    def test_the_department_sees_who_has_settled(self, cast, hall, one, enter):
        make.make_delegate(cast.other_unit, hall.model)
        settle(cast)
        client = enter(cast.officer)
        settled = queries.settled_lists(cast.congress)[cast.unit.pk]
        assert settled.words in client.get(address("seats")).text
        assert settled.words in client.get(address("completeness")).text
        for value, unit in (("settled", cast.unit), ("open", cast.other_unit)):
            listing = client.get(address("delegates") + f"?list={value}").context["listing"]
            assert {row.unit for row in listing.page} == {unit}

    def test_the_letter_of_the_unit(self, cast, hall, one, enter):
        url = "/2020/documents/unit-letter.docx"
        for user in (cast.unit_head, cast.officer):
            assert enter(user).post(url, {"query": f"unit={cast.unit.pk}"}).status_code in (200, 302)
        assert enter(cast.unit_clerk).post(url, {"query": f"unit={cast.unit.pk}"}).status_code == 404


def test_what_stands_in_the_letter(cast, hall, one):
    make.make_delegate(cast.unit, hall.model, state=State.RESERVE, reserve_order=1, full_name="Người Dự Bị")
    one.religion, one.phone = "buddhist", "0912345678"
    one.save()
    paper = letter(cast.unit_head, "2020", {"unit": str(cast.unit.pk)})
    text = str(paper)
    assert "Lê Thị Tư" in text
    assert "Người Dự Bị" in text
    assert "0912345678" not in text
    assert "Phật" not in text
    assert paper.number_line.startswith("Số:        /")


class TestReminding:
    def test_heads_who_have_not_settled_are_reminded(self, cast, hall, one):
        cast.congress.registration_due = date(2020, 8, 31)
        cast.congress.save()

        def owed() -> set[str]:
            found = duties(cast.congress, date(2020, 8, 20))
            return {duty.key.split(":")[0] for duty in found if cast.unit.pk in duty.unit_ids}

        assert owed() >= {"settle", "seats"}
        settle(cast)
        assert not owed() & {"settle", "seats"}

    def test_the_duty_is_told_in_its_readers_language(self, cast, hall, one):
        cast.congress.registration_due = date(2020, 8, 31)
        cast.congress.save()
        with override("vi"):
            found = duties(cast.congress, date(2020, 8, 20))
        titles = {duty.key.split(":")[0]: duty.title for duty in found if cast.unit.pk in duty.unit_ids}
        with override("en"):
            assert str(titles["settle"]) == "Settle the unit's list of delegates"
            assert str(titles["seats"]).startswith("Register delegates")
