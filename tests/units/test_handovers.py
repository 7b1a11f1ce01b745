"""What one head of a block hands over to the next: written by either, confirmed by both."""

from datetime import date

import pytest
from django.urls import reverse

from core import audit
from core.models import AuditEntry
from core.refusal import Refused
from core.versions import Stale
from tests import factories as make
from tests.sheet import form_of
from units import actions, rules
from units.models import BlockOffice, Handover

pytestmark = pytest.mark.django_db
DAY = date(2020, 1, 15)


@pytest.fixture(autouse=True)
def _years(cast, today):
    """`block_head`'s unit led the block in 2019, `unit_head`'s leads it in 2020."""
    today(2020, 1, 15)
    BlockOffice.objects.update(ends=date(2019, 12, 31))
    make.make_block_office(cast.block, cast.unit, starts=date(2020, 1, 1), ends=date(2020, 12, 31))
    yield
    assert not list(audit.faults())


def write(cast, actor="block_head", version=0, matters="Hồ sơ khen thưởng năm 2019\nKế hoạch hội nghị") -> Handover:
    return actions.write_handover(
        actor=getattr(cast, actor), block=cast.block, year=2020, version=version, matters=matters, day=DAY
    )


def confirm(cast, found, actor, giving) -> Handover:
    return actions.confirm_handover(
        actor=getattr(cast, actor), handover=found, version=Handover.objects.get().version, giving=giving
    )


def test_it_is_done_when_both_have_said_so(cast):
    found = write(cast)
    assert (found.giver, found.taker) == (cast.block_head.offices.get().unit, cast.unit)
    assert not confirm(cast, found, "block_head", giving=True).done
    done = confirm(cast, found, "unit_head", giving=False)
    assert done.done
    assert (done.given_by, done.taken_by) == (cast.block_head, cast.unit_head)
    verbs = list(AuditEntry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["handover.written", "handover.confirmed", "handover.confirmed"]
    with pytest.raises(Refused):
        write(cast, version=3, matters="Khác")


def test_another_text_is_confirmed_anew(cast):
    confirm(cast, write(cast), "block_head", giving=True)
    found = write(cast, "unit_head", version=2, matters="Thêm một việc")
    assert found.given_at is None
    with pytest.raises(Stale):
        write(cast, version=1, matters="Cũ")


def test_who_writes_and_who_confirms(cast):
    """Role × act."""
    found = write(cast)
    writers = {
        role for role, user in cast.roles.items() if not rules.why_not_write_handover(user, cast.block, 2020, found)
    }
    assert writers == {"officer", "department_head", "block_head", "unit_head"}
    for giving, side in ((True, "block_head"), (False, "unit_head")):
        may = {
            role for role, user in cast.roles.items() if not rules.why_not_confirm_handover(user, found, giving=giving)
        }
        assert may == {side}


def test_there_must_be_somebody_to_hand_over_to(cast):
    assert rules.why_not_write_handover(cast.officer, cast.block, 2021)  # no head of 2021
    BlockOffice.objects.filter(unit=cast.unit).update(unit=cast.block_head.offices.get().unit)
    assert rules.why_not_write_handover(cast.officer, cast.block, 2020)  # the same unit again


def test_nobody_confirms_twice(cast):
    found = write(cast)
    confirm(cast, found, "block_head", giving=True)
    with pytest.raises(Refused) as refused:
        confirm(cast, found, "block_head", giving=True)
    assert refused.value.status == 409


def test_access_moves_with_the_office_and_the_past_stays_readable(cast, enter):
    url = write(cast).get_absolute_url()
    seen = {role for role, user in cast.roles.items() if enter(user).get(url).status_code == 200}
    assert seen == {"officer", "department_head", "block_head", "unit_head"}


def test_the_way_through_the_pages(cast, enter):
    giver, taker = enter(cast.block_head), enter(cast.unit_head)
    url = reverse("units:handover", args=[cast.block.pk, 2020])
    assert url in giver.get(reverse("units:blocks")).content.decode()
    assert url not in enter(cast.stranger).get(reverse("units:blocks")).content.decode()
    edit = reverse("units:handover_edit", args=[cast.block.pk, 2020])
    bad = giver.post(edit, form_of(giver.get(edit), "matters") | {"matters": "Còn dở", "day": "31/02/2020"})
    assert bad.context["form"].errors["day"]
    assert "Còn dở" in bad.content.decode()
    typed = {"matters": "Hồ sơ năm 2019", "day": "15/01/2020"}
    assert giver.post(edit, form_of(bad, "matters") | typed).headers["Location"] == url
    for client, side in ((giver, "given"), (taker, "taken")):
        assert "Hồ sơ năm 2019" in client.get(url).content.decode()
        assert client.post(reverse("units:handover_confirm", args=[cast.block.pk, 2020, side])).status_code == 302
    assert Handover.objects.get().done
