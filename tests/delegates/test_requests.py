"""One more seat asked for: by whom, for whom, given out of what is left, and what becomes of it by itself."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from core.models import AuditEntry, Mail
from core.refusal import Denial, Refused
from delegates import actions, queries, rules
from delegates.models import Delegate, Quota, SeatRequest
from tests import factories
from tests.delegates import factories as make
from units.models import Office

pytestmark = pytest.mark.django_db
State = SeatRequest.State


def address(name: str, *args) -> str:
    return reverse(f"delegates:{name}", args=["2020", *args])


@pytest.fixture
def waits(cast, hall) -> Delegate:
    """The first on a reserve list whose seats are all taken."""
    cast.congress.delegates_target = 50
    cast.congress.save()
    Quota.objects.filter(pk=hall.unit_quota.pk).update(seats=1)
    make.make_delegate(cast.unit, hall.model)
    return reserve(cast, hall, 1, full_name="Lý Thị Chờ")


def reserve(cast, hall, place: int, **fields) -> Delegate:
    return make.make_delegate(cast.unit, hall.model, state="reserve", reserve_order=place, **fields)


def ask(cast, waits: Delegate, actor=None) -> SeatRequest:
    return actions.ask_for_seat(actor=actor or cast.unit_head, delegate=waits, reason="Có ba chiến sĩ thi đua")


def give(cast, request: SeatRequest) -> Delegate:
    return actions.give_seat(actor=cast.officer, request=request)


def seats_of(cast, hall) -> int:
    return Quota.objects.get(unit=cast.unit, category=hall.model).seats


class TestAsking:
    def test_a_unit_asks_for_the_first_of_its_reserves(self, cast, hall, waits):
        made = ask(cast, waits)
        assert made.is_waiting
        entry = AuditEntry.objects.get(verb="delegate.seat_asked_for")
        assert (entry.reason, entry.object_id) == ("Có ba chiến sĩ thi đua", str(waits.pk))

    def test_nobody_else_does(self, cast, hall, waits):
        for user in (cast.officer, cast.department_head, cast.block_head, cast.unit_clerk, cast.desk, None):
            assert isinstance(rules.why_not_ask(user, waits), Denial)

    def test_not_for_who_is_not_next(self, cast, hall, waits):
        second = reserve(cast, hall, 2)
        seated = cast.congress.delegates.seated().get()
        for one in (second, seated):
            with pytest.raises(Refused):
                ask(cast, one)
        assert "Lý Thị Chờ" in str(rules.why_not_ask(cast.unit_head, second))

    def test_not_while_a_seat_is_free(self, cast, hall, waits):
        Quota.objects.filter(unit=cast.unit, category=hall.model).update(seats=2)
        with pytest.raises(Refused):
            ask(cast, waits)

    def test_not_twice(self, cast, hall, waits):
        ask(cast, waits)
        with pytest.raises(Refused):
            ask(cast, waits)

    def test_also_when_the_list_is_settled(self, cast, hall, waits):
        make.make_settled(cast.unit, cast.congress, cast.unit_head)
        assert ask(cast, waits).is_waiting

    def test_not_when_registration_is_over(self, cast, hall, waits, today):
        today(2020, 6, 1)
        cast.congress.registration_due = date(2020, 1, 1)
        cast.congress.save()
        waits.refresh_from_db()
        with pytest.raises(Refused):
            ask(cast, waits)


class TestAnswering:
    def test_the_seat_is_added_and_its_person_called(self, cast, hall, waits):
        called = give(cast, ask(cast, waits))
        assert (called.state, called.reserve_order, seats_of(cast, hall)) == ("registered", None, 2)
        request = SeatRequest.objects.get()
        assert (request.state, request.decided_by) == (State.GIVEN, cast.officer)
        verbs = set(AuditEntry.objects.values_list("verb", flat=True))
        assert {"seats.added", "delegate.promoted"} <= verbs
        assert Mail.objects.filter(subject__contains="Lý Thị Chờ", to=cast.unit_head.email).count() == 1

    def test_on_a_settled_list_too(self, cast, hall, waits):
        make.make_settled(cast.unit, cast.congress, cast.unit_head)
        assert give(cast, ask(cast, waits)).is_seated

    def test_never_beyond_the_congress_size(self, cast, hall, waits):
        request = ask(cast, waits)
        cast.congress.delegates_target = queries.seat_totals(cast.congress).allocated
        cast.congress.save()
        with pytest.raises(Refused):
            give(cast, request)
        assert (seats_of(cast, hall), SeatRequest.objects.get().state) == (1, State.WAITING)

    def test_what_does_not_count_is_not_bound_by_it(self, cast, hall, waits):
        hall.model.counted = False
        hall.model.save()
        cast.congress.delegates_target = 0
        cast.congress.save()
        assert give(cast, ask(cast, waits)).is_seated

    def test_not_past_somebody_who_was_put_first_since(self, cast, hall, waits):
        request = ask(cast, waits)
        second = reserve(cast, hall, 2)
        actions.move(actor=cast.unit_head, delegate=second, up=True)
        with pytest.raises(Refused):
            give(cast, request)

    def test_declined_with_a_reason_that_the_unit_reads(self, cast, hall, waits, enter):
        request = ask(cast, waits)
        actions.decline_request(actor=cast.officer, request=request, reason="Đã đủ 400 đại biểu")
        waits.refresh_from_db()
        assert waits.state == "reserve"
        letter = Mail.objects.get(to=cast.unit_head.email)
        assert "Đã đủ 400 đại biểu" in letter.body
        page = enter(cast.unit_head).get(address("unit", cast.unit.pk)).text
        assert "Đã đủ 400 đại biểu" in page
        assert address("seat_ask", waits.pk) in page  # asked for again, with a better reason

    def test_answered_once(self, cast, hall, waits):
        request = ask(cast, waits)
        actions.decline_request(actor=cast.officer, request=request, reason="Hết chỗ")
        for act in (
            lambda: give(cast, request),
            lambda: actions.take_request_back(actor=cast.unit_head, request=request),
        ):
            with pytest.raises(Refused):
                act()

    def test_only_the_department_answers_and_only_the_unit_takes_back(self, cast, hall, waits):
        request = ask(cast, waits)
        for user in (cast.unit_head, cast.block_head, cast.desk):
            assert isinstance(rules.why_not_give(user, request, left=5), Denial)
            assert isinstance(rules.why_not_decline(user, request), Denial)
        for user in (cast.officer, cast.unit_clerk, cast.block_head):
            assert isinstance(rules.why_not_take_back(user, request), Denial)
        assert actions.take_request_back(actor=cast.unit_head, request=request).state == State.TAKEN_BACK


class TestLapsing:
    """Whoever gets a seat or leaves the list by another way needs no answer any more."""

    def test_called_to_a_seat_that_became_free(self, cast, hall, waits):
        request = ask(cast, waits)
        seated = cast.congress.delegates.seated().get()
        actions.withdraw(actor=cast.unit_head, delegate=seated, version=1, reason="Ốm")
        actions.promote(actor=cast.unit_head, delegate=waits, version=1)
        assert not SeatRequest.objects.waiting().exists()
        with pytest.raises(Refused):
            give(cast, request)

    def test_withdrawn(self, cast, hall, waits):
        ask(cast, waits)
        actions.withdraw(actor=cast.unit_head, delegate=waits, version=1, reason="Ốm")
        assert not SeatRequest.objects.waiting().exists()

    def test_who_comes_on_the_list_again_is_asked_for_anew(self, cast, hall, waits):
        ask(cast, waits)
        later = make.clock.now()
        Delegate.objects.filter(pk=waits.pk).update(state_since=later.replace(year=later.year + 1))
        assert not SeatRequest.objects.waiting().exists()
        waits.refresh_from_db()
        assert ask(cast, waits).is_waiting

    def test_a_merged_units_request_goes_with_its_person(self, cast, hall, waits, enter):
        ask(cast, waits)
        Delegate.objects.filter(pk=waits.pk).update(unit=cast.other_unit)
        rows = queries.waiting_list(cast.congress)
        assert [row.request.delegate.unit for row in rows] == [cast.other_unit]


class TestPages:
    def test_from_the_units_page_to_the_seat(self, cast, hall, waits, enter):
        head, officer = enter(cast.unit_head), enter(cast.officer)
        page = head.get(address("unit", cast.unit.pk)).text
        assert address("seat_ask", waits.pk) in page
        assert head.get(address("seat_ask", waits.pk)).status_code == 200
        sent = {"reason": "Có ba chiến sĩ thi đua", "once": str(uuid.uuid4())}
        assert head.post(address("seat_ask", waits.pk), sent).status_code == 302
        request = SeatRequest.objects.get()
        page = head.get(address("unit", cast.unit.pk)).text
        assert address("seat_take_back", request.pk) in page
        assert address("seat_ask", waits.pk) not in page
        page = officer.get(address("waiting_list")).text
        assert "Có ba chiến sĩ thi đua" in page
        assert "Lý Thị Chờ" in page
        assert address("waiting_list") in officer.get("/").text
        assert officer.post(address("seat_give", request.pk)).status_code == 302
        waits.refresh_from_db()
        assert waits.is_seated
        assert "Lý Thị Chờ" in officer.get(address("waiting_list")).text  # among those answered

    def test_a_reason_is_asked_for(self, cast, hall, waits, enter):
        request = ask(cast, waits)
        for client, url in (
            (enter(cast.officer), address("seat_decline", request.pk)),
            (enter(cast.unit_head), address("seat_ask", reserve(cast, hall, 2).pk)),
        ):
            page = client.post(url, {"reason": " ", "once": str(uuid.uuid4())})
            assert page.status_code in (200, 409)
        assert SeatRequest.objects.get().state == State.WAITING

    def test_figures_of_the_unit(self, cast, hall, waits):
        cast.unit.headcount, cast.unit.headcount_on = 200, date(2020, 1, 1)
        cast.unit.save()
        ask(cast, waits)
        row = queries.waiting_list(cast.congress)[0]
        assert (row.taken, row.seats, row.per_hundred) == (1, 1, 0.5)

    def test_who_withdraws_is_told_who_comes_next(self, cast, hall, waits, enter):
        seated = cast.congress.delegates.seated().get()
        sent = {"reason": "Ốm", "version": 1}
        page = enter(cast.unit_head).post(address("withdraw", seated.pk), sent, follow=True).text
        assert "Lý Thị Chờ" in page
        assert address("promote", waits.pk) in page

    def test_the_waiting_list_costs_the_same_at_one_row_and_at_many(
        self, cast, hall, enter, waits, django_assert_max_num_queries
    ):
        ask(cast, waits)
        client = enter(cast.officer)
        client.get(address("waiting_list"))
        with django_assert_max_num_queries(12) as few:
            client.get(address("waiting_list"))
        for _number in range(4):
            unit, head = factories.make_unit(), factories.make_user()
            factories.make_office(head, Office.Role.UNIT_HEAD, unit)
            make.make_quota(unit, hall.model, 0)
            one = make.make_delegate(unit, hall.model, state="reserve", reserve_order=1)
            actions.ask_for_seat(actor=head, delegate=one, reason="Đông người")
        with django_assert_max_num_queries(len(few.captured_queries)):
            assert client.get(address("waiting_list")).status_code == 200
