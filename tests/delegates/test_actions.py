"""What is written, and what is refused: registering, changing, confirming, withdrawing, replacing."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.models import AuditEntry
from core.refusal import Refused
from core.versions import Stale
from core.vietnamese import PartialDate
from delegates import actions
from delegates.invariants import faults
from delegates.models import Delegate, DelegateAward, EthnicGroup
from tests import factories
from tests.delegates import factories as make

State = Delegate.State


def entries(obj) -> list[str]:
    """What the trail says was done to a thing, oldest first."""
    found = AuditEntry.objects.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))
    return list(found.order_by("number").values_list("verb", flat=True))


def register(cast, hall, actor=None, category=None, **person) -> Delegate:
    return actions.register(
        actor=actor or cast.unit_head,
        congress=cast.congress,
        unit=cast.unit,
        category=category or hall.model,
        **make.a_person(**person),
    )


class TestRegister:
    def test_somebody_takes_a_seat(self, cast, hall):
        made = register(cast, hall, full_name="  Nguyễn   Văn Dũng ", phone="+84 912.345.678")
        made.refresh_from_db()
        assert (made.full_name, made.folded, made.phone) == ("Nguyễn Văn Dũng", "nguyen van dung", "0912345678")
        assert made.state == State.REGISTERED
        assert entries(made) == ["delegate.registered"]

    def test_the_last_seat_and_no_more(self, cast, hall):
        register(cast, hall)
        register(cast, hall)
        with pytest.raises(Refused) as refusal:
            register(cast, hall)
        assert refusal.value.status == 409
        assert cast.congress.delegates.count() == 2

    def test_the_seats_of_other_units_and_categories_are_not_touched(self, cast, hall):
        register(cast, hall)
        register(cast, hall)
        actions.register(
            actor=cast.unit_clerk,
            congress=cast.congress,
            unit=cast.other_unit,
            category=hall.model,
            **make.a_person(),
        )
        assert cast.congress.delegates.count() == 3

    def test_without_seats_nobody_is_registered(self, cast, hall):
        with pytest.raises(Refused):
            actions.register(
                actor=cast.officer,
                congress=cast.congress,
                unit=cast.far_unit,
                category=hall.model,
                **make.a_person(),
            )

    @pytest.mark.parametrize("role", ["unit_clerk", "block_head", "desk", "chair", "stranger"])
    def test_nobody_registers_for_somebody_elses_unit(self, cast, hall, role):
        with pytest.raises(Refused) as refusal:
            register(cast, hall, actor=getattr(cast, role))
        assert refusal.value.status == 403
        assert not AuditEntry.objects.filter(verb="delegate.registered").exists()

    def test_a_guest_names_the_organisation(self, cast, hall):
        make.make_quota(None, hall.leader, 2)
        ask = {"actor": cast.officer, "congress": cast.congress, "unit": None, "category": hall.leader}
        with pytest.raises(ValidationError) as fault:
            actions.register(**ask, **make.a_person())
        assert list(fault.value.message_dict) == ["organisation"]
        guest = actions.register(**ask, **make.a_person(organisation="Văn phòng Chủ tịch nước", phone=""))
        assert guest.comes_from == "Văn phòng Chủ tịch nước"

    def test_who_stands_for_a_collective_names_it(self, cast, hall):
        make.make_quota(cast.unit, hall.collective, 1)
        ask = {"actor": cast.unit_head, "congress": cast.congress, "unit": cast.unit, "category": hall.collective}
        with pytest.raises(ValidationError) as fault:
            actions.register(**ask, **make.a_person())
        assert list(fault.value.message_dict) == ["represents"]
        assert actions.register(**ask, **make.a_person(represents="Phòng Thí nghiệm Quang tử"))

    def test_unit_state_and_seat_do_not_come_in_with_the_person(self, cast, hall):
        with pytest.raises(TypeError):
            register(cast, hall, state=State.CONFIRMED)
        with pytest.raises(TypeError):
            register(cast, hall, unit_id=cast.far_unit.pk)


# field, value, the field that the fault stands at
BAD = [
    ("phone", "12", "phone"),
    ("phone", "", "phone"),  # and no e-mail
    ("email", "khong-phai-thu", "email"),
    ("sex", "x", "sex"),
    ("full_name", "", "full_name"),
    ("position", "", "position"),
]


@pytest.mark.parametrize(("name", "value", "place"), BAD)
def test_values_that_do_not_stand_up_are_refused_at_their_field(cast, hall, name, value, place):
    with pytest.raises(ValidationError) as fault:
        register(cast, hall, **{name: value})
    assert place in fault.value.message_dict
    assert not cast.congress.delegates.exists()


class TestAward:
    def award(self, **fields):
        return factories.make_award_type(
            valid_from=PartialDate(2015, 3, 1).earliest, valid_to=PartialDate(2019, 6, 1).earliest, **fields
        )

    @pytest.mark.parametrize(("year", "fits"), [(2014, False), (2015, True), (2019, True), (2020, False)])
    def test_an_award_was_given_in_its_year(self, cast, hall, today, year, fits):
        today(2020, 9, 1)
        rows = [{"award": self.award(), "year": year}]
        if fits:
            assert register(cast, hall, awards=rows)
            return
        with pytest.raises(ValidationError) as fault:
            register(cast, hall, awards=rows)
        assert list(fault.value.message_dict) == ["awards"]

    # what a row says beside the award of 2018, and whether it stands up on 1 September 2020
    ROWS = [
        ({"year": None}, False),
        ({"year": 2021}, False),
        ({"year": 2020, "decision_date": PartialDate(2020, 9, 2)}, False),
        ({"decision_date": PartialDate(2017)}, False),
        ({"decision_date": PartialDate(2018)}, True),
        ({"decision_date": PartialDate(2018, 12)}, True),
        ({"decision_date": PartialDate(2019, 1, 15)}, True),
        ({"decision_date": PartialDate(2020)}, False),
        ({"decision_number": "x" * 61}, False),
    ]

    @pytest.mark.parametrize(("row", "fits"), ROWS)
    def test_the_decision_is_of_the_awards_year_or_the_one_after(self, cast, hall, today, row, fits):
        today(2020, 9, 1)
        row = {"award": factories.make_award_type(), "year": 2018, **row}
        if fits:
            assert register(cast, hall, awards=[row]).awards.get().decision_date == row["decision_date"]
            return
        with pytest.raises(ValidationError) as fault:
            register(cast, hall, awards=[row])
        assert list(fault.value.message_dict) == ["awards"]
        assert not cast.congress.delegates.exists()

    def test_a_collectives_award_is_held_where_one_stands_for_a_collective(self, cast, hall):
        rows = [{"award": self.award(given_to="collective"), "year": 2017}]
        with pytest.raises(ValidationError) as fault:
            register(cast, hall, awards=rows)
        assert list(fault.value.message_dict) == ["awards"]
        make.make_quota(cast.unit, hall.collective)
        made = register(cast, hall, category=hall.collective, represents="Phòng Quang tử", awards=rows)
        with pytest.raises(ValidationError):  # the award stays, so the person stays where it is held
            actions.edit(actor=cast.unit_head, delegate=made, version=1, category=hall.model, represents="")
        moved = actions.edit(actor=cast.unit_head, delegate=made, version=1, category=hall.model, awards=[])
        assert (moved.highest_award, moved.category) == (None, hall.model)

    def test_an_award_of_a_year_is_held_once(self, cast, hall):
        row = {"award": factories.make_award_type(), "year": 2018}
        with pytest.raises(ValidationError):
            register(cast, hall, awards=[row, dict(row, decision_number="1/QĐ")])
        made = register(cast, hall, awards=[row, dict(row, year=2017)])
        with pytest.raises(IntegrityError), transaction.atomic():
            DelegateAward.objects.create(delegate=made, **row)

    def test_the_highest_is_kept_in_the_row_and_follows_every_change(self, cast, hall):
        low, high = factories.make_award_type(order=20), factories.make_award_type(order=10)
        rows = [
            {"award": low, "year": 2019, "decision_number": "3/QĐ-BKHCN"},
            {"award": high, "year": 2016, "decision_number": "1/QĐ-TTg"},
            {"award": high, "year": 2017},
        ]
        made = register(cast, hall, awards=rows)
        kept = lambda: Delegate.objects.values_list("highest_award", "award_year", "award_decision").get(pk=made.pk)  # noqa: E731
        assert kept() == (high.pk, 2017, "")
        assert [(one.award, one.year) for one in made.awards.all()] == [(high, 2017), (high, 2016), (low, 2019)]
        edited = actions.edit(actor=cast.unit_head, delegate=made, version=1, awards=rows[:2])
        assert kept() == (high.pk, 2016, "1/QĐ-TTg")
        changes = AuditEntry.objects.get(verb="delegate.changed").details["changes"]
        before, after = changes[str(DelegateAward._meta.verbose_name_plural)]
        assert str(high) in before
        assert len(before.split("\n")) == 3
        assert len(after.split("\n")) == 2
        actions.edit(actor=cast.unit_head, delegate=edited, version=2, awards=rows[:2])
        assert AuditEntry.objects.filter(verb="delegate.changed").count() == 1  # nothing has changed
        actions.edit(actor=cast.unit_head, delegate=edited, version=2, position="Trưởng phòng")
        assert made.awards.count() == 2  # who does not speak of awards leaves them
        actions.edit(actor=cast.unit_head, delegate=edited, version=3, awards=[])
        assert kept() == (None, None, "")

    def test_the_highest_is_never_typed(self, cast, hall):
        for name, value in (("highest_award", factories.make_award_type()), ("award_year", 2018)):
            with pytest.raises(TypeError):
                register(cast, hall, **{name: value})

    def test_a_row_that_stands_against_its_award_is_named(self, cast, hall, leaves_faults):
        made = register(cast, hall, awards=[{"award": factories.make_award_type(), "year": 2018}])
        made.awards.update(year=2017)
        assert [str(made.pk) in words for words in faults(cast.congress)] == [True]


def test_only_a_party_member_has_a_day_of_joining(cast, hall):
    joined = PartialDate(1999)
    for member in (None, False):
        with pytest.raises(ValidationError) as fault:
            register(cast, hall, party_member=member, party_joined=joined)
        assert list(fault.value.message_dict) == ["party_joined"]
    assert register(cast, hall, party_member=True, party_joined=joined).party_joined == joined


class TestTags:
    def test_tags_are_other_categories_and_take_no_seat(self, cast, hall):
        made = register(cast, hall, tags=[hall.collective, hall.model])
        assert list(made.tags.all()) == [hall.collective]  # the category of the seat is never among them
        assert Delegate.objects.filter(category=hall.collective).count() == 0
        actions.edit(actor=cast.unit_head, delegate=made, version=1, tags=[hall.press, hall.collective])
        changes = AuditEntry.objects.get(verb="delegate.changed").details["changes"]
        assert list(changes.values()) == [[hall.collective.short, f"{hall.collective.short}; {hall.press.short}"]]
        actions.edit(actor=cast.unit_head, delegate=made, version=2, position="Kỹ sư")
        assert made.tags.count() == 2

    def test_who_moves_into_a_tag_leaves_it(self, cast, hall):
        make.make_quota(cast.unit, hall.collective)
        made = register(cast, hall, tags=[hall.collective], represents="Phòng Quang tử")
        actions.edit(actor=cast.unit_head, delegate=made, version=1, category=hall.collective)
        assert not made.tags.exists()

    def test_a_tag_is_of_the_same_congress(self, cast, hall):
        other = make.make_category(factories.make_congress(slug="2025", ordinal=6, is_current=False))
        with pytest.raises(ValidationError):
            register(cast, hall, tags=[other])


class TestEdit:
    def test_a_change_is_told_and_the_keys_follow(self, cast, hall):
        made = register(cast, hall, full_name="Lê Văn An")
        actions.edit(actor=cast.unit_head, delegate=made, version=1, full_name="Lê Văn Ân")
        made.refresh_from_db()
        assert (made.version, made.folded) == (2, "le van an")
        told = AuditEntry.objects.get(verb="delegate.changed").details["changes"]
        assert list(told.values()) == [["Lê Văn An", "Lê Văn Ân"]]

    def test_nothing_changed_leaves_no_trace(self, cast, hall):
        made = register(cast, hall)
        actions.edit(actor=cast.unit_head, delegate=made, version=1, full_name=made.full_name)
        made.refresh_from_db()
        assert made.version == 1
        assert entries(made) == ["delegate.registered"]

    def test_of_sensitive_data_the_trail_tells_no_values(self, cast, hall):
        group = make.make_ethnic_group(name_vi="Lô Lô")
        made = register(cast, hall)
        actions.edit(actor=cast.unit_head, delegate=made, version=1, ethnic_group=group, religion="cao_dai")
        told = str(AuditEntry.objects.get(verb="delegate.changed").details)
        assert "Lô Lô" not in told
        assert "cao" not in told.lower()
        assert told.count("…") == 4

    def test_a_stale_edit_changes_nothing(self, cast, hall):
        made = register(cast, hall)
        actions.edit(actor=cast.unit_head, delegate=made, version=1, position="Trưởng phòng")
        with pytest.raises(Stale):
            actions.edit(actor=cast.officer, delegate=made, version=1, position="Viện trưởng")
        made.refresh_from_db()
        assert made.position == "Trưởng phòng"

    def test_another_category_needs_a_free_seat_there(self, cast, hall):
        made = register(cast, hall)
        second = make.make_category(cast.congress)
        with pytest.raises(Refused):
            actions.edit(actor=cast.unit_head, delegate=made, version=1, category=second)
        make.make_quota(cast.unit, second, 1)
        moved = actions.edit(actor=cast.unit_head, delegate=made, version=1, category=second)
        assert moved.category == second
        register(cast, hall)
        register(cast, hall)  # the seat that was left is free again

    def test_what_is_confirmed_is_changed_by_the_department_alone(self, cast, hall):
        made = register(cast, hall)
        actions.confirm(actor=cast.officer, delegate=made, version=1)
        with pytest.raises(Refused) as refusal:
            actions.edit(actor=cast.unit_head, delegate=made, version=2, position="Trưởng phòng")
        assert refusal.value.status == 409
        changed = actions.edit(actor=cast.officer, delegate=made, version=2, position="Trưởng phòng")
        assert changed.state == State.CONFIRMED


class TestStates:
    def test_confirmed_and_opened_again(self, cast, hall):
        made = register(cast, hall)
        made = actions.confirm(actor=cast.officer, delegate=made, version=1)
        assert made.state == State.CONFIRMED
        made = actions.unconfirm(actor=cast.officer, delegate=made, version=2, reason="Sai năm sinh")
        assert made.state == State.REGISTERED
        assert entries(made) == ["delegate.registered", "delegate.confirmed", "delegate.opened"]

    def test_confirming_what_was_changed_meanwhile_is_stale(self, cast, hall):
        made = register(cast, hall)
        actions.edit(actor=cast.unit_head, delegate=made, version=1, position="Trưởng phòng")
        with pytest.raises(Stale):
            actions.confirm(actor=cast.officer, delegate=made, version=1)

    def test_withdrawing_frees_the_seat_and_keeps_the_entry(self, cast, hall):
        made = register(cast, hall)
        register(cast, hall)
        actions.withdraw(actor=cast.unit_head, delegate=made, version=1, reason="Đi công tác")
        assert AuditEntry.objects.get(verb="delegate.withdrawn").reason == "Đi công tác"
        register(cast, hall)
        assert cast.congress.delegates.count() == 3
        with pytest.raises(Refused):
            actions.withdraw(actor=cast.officer, delegate=made, version=2, reason="Lần nữa")

    def test_somebody_else_comes_instead(self, cast, hall):
        award = factories.make_award_type()
        first = register(cast, hall, awards=[{"award": award, "year": 2018}])
        register(cast, hall)  # all seats are taken
        second = actions.replace(
            actor=cast.unit_head,
            delegate=first,
            version=1,
            reason="Nghỉ hưu",
            category=hall.model,
            **make.a_person(full_name="Vũ Thị Mới"),
        )
        first.refresh_from_db()
        assert (first.state, second.state) == (State.WITHDRAWN, State.REGISTERED)
        assert second.came_by.replaced == first
        assert second.highest_award is None  # an award is personal
        assert (first.awards.count(), second.awards.count()) == (1, 0)
        assert entries(first) == ["delegate.registered", "delegate.replaced"]
        third = actions.replace(
            actor=cast.officer, delegate=second, version=1, reason="Ốm", category=hall.model, **make.a_person()
        )
        assert (third.came_by.replaced, third.came_by.first) == (second, first)  # A → B → C

    def test_a_replacement_that_fails_leaves_the_first_on_the_seat(self, cast, hall):
        first = register(cast, hall)
        with pytest.raises(ValidationError):
            actions.replace(
                actor=cast.unit_head,
                delegate=first,
                version=1,
                reason="Nghỉ hưu",
                category=hall.model,
                **make.a_person(phone="1"),
            )
        first.refresh_from_db()
        assert first.state == State.REGISTERED


class TestConfirmMany:
    def test_each_for_itself(self, cast, hall):
        fresh, changed, confirmed, gone = (make.make_delegate(cast.far_unit, hall.model) for _one in range(4))
        actions.edit(actor=cast.officer, delegate=changed, version=1, position="Kỹ sư")
        actions.confirm(actor=cast.officer, delegate=confirmed, version=1)
        actions.withdraw(actor=cast.officer, delegate=gone, version=1, reason="Ốm")
        read = {fresh.pk: 1, changed.pk: 1, confirmed.pk: 2, gone.pk: 2}
        results = dict(actions.confirm_many(actor=cast.officer, congress=cast.congress, read=read))
        assert {one for one, reason in results.items() if reason is None} == {fresh}
        assert len(results) == 4
        assert entries(fresh) == ["delegate.confirmed"]

    def test_results_come_by_name(self, cast, hall):
        for name in ("Trần Ân", "Trần An", "Lê Ánh"):
            make.make_delegate(cast.far_unit, hall.model, full_name=name)
        read = dict.fromkeys(cast.congress.delegates.values_list("pk", flat=True), 1)
        results = actions.confirm_many(actor=cast.officer, congress=cast.congress, read=read)
        assert [one.full_name for one, _reason in results] == ["Trần An", "Lê Ánh", "Trần Ân"]

    def test_delegates_of_another_congress_are_left_alone(self, cast, hall):
        other = factories.make_congress(slug="2025", ordinal=6, is_current=False)
        elsewhere = make.make_delegate(cast.far_unit, make.make_category(other))
        assert not actions.confirm_many(actor=cast.officer, congress=cast.congress, read={elsewhere.pk: 1})

    def test_others_confirm_nobody(self, cast, hall):
        made = make.make_delegate(cast.unit, hall.model)
        [(_one, reason)] = actions.confirm_many(actor=cast.unit_head, congress=cast.congress, read={made.pk: 1})
        made.refresh_from_db()
        assert reason
        assert made.state == State.REGISTERED


class TestCatalogues:
    def test_the_department_keeps_them(self, cast, hall):
        renamed = actions.edit_category(actor=cast.officer, category=hall.model, short_vi="ĐHTT")
        assert renamed.short_vi == "ĐHTT"
        group = actions.add_ethnic_group(actor=cast.officer, code="55", name_vi="Người nước ngoài", is_minority=False)
        actions.edit_ethnic_group(actor=cast.officer, group=group, aliases="Ngoại quốc")
        assert EthnicGroup.objects.get(code="55").aliases == "Ngoại quốc"
        assert entries(group) == ["ethnic_group.added", "ethnic_group.changed"]

    def test_others_do_not(self, cast, hall):
        for call in (
            lambda: actions.add_category(actor=cast.unit_head, congress=cast.congress, code="X", name_vi="X"),
            lambda: actions.edit_category(actor=cast.unit_head, category=hall.model, short_vi="X"),
            lambda: actions.add_ethnic_group(actor=cast.unit_head, code="56", name_vi="X"),
        ):
            with pytest.raises(Refused):
                call()

    def test_marks_do_not_contradict_what_rests_on_them(self, cast, hall):
        with pytest.raises(Refused):
            actions.edit_category(actor=cast.officer, category=hall.model, by_unit=False)
        register(cast, hall)
        with pytest.raises(Refused):
            actions.edit_category(actor=cast.officer, category=hall.model, represents_collective=True)
