"""The seats that the room's tests play on."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from delegates.invariants import faults
from delegates.models import Category, Quota
from tests.cast import Cast
from tests.delegates import factories as make


@dataclass
class Hall:
    """Categories of a congress: one that units register, one for a collective, one of the Ministry, one not counted."""

    model: Category
    collective: Category
    leader: Category
    press: Category
    unit_quota: Quota  # of the unit head's unit, in `model`: two seats
    other_quota: Quota  # of the unit clerk's unit, in `model`: two seats


@pytest.fixture
def leaves_faults() -> None:
    """Asked for by tests that break what must hold."""


@pytest.fixture
def hall(cast: Cast, request) -> Iterator[Hall]:
    """A hall to play in. Every test ends with nothing wrong in it, unless it says so."""
    model = make.make_category(cast.congress, code="DHTT", name_vi="Điển hình tiên tiến", short_vi="Điển hình")
    yield Hall(
        model=model,
        collective=make.make_category(
            cast.congress, code="TT_KT", represents_collective=True, name_vi="Đại diện tập thể"
        ),
        leader=make.make_category(cast.congress, code="DN_LDB", by_unit=False, name_vi="Lãnh đạo Bộ"),
        press=make.make_category(cast.congress, code="PV", by_unit=False, counted=False, name_vi="Phóng viên"),
        unit_quota=make.make_quota(cast.unit, model, 2),
        other_quota=make.make_quota(cast.other_unit, model, 2),
    )
    if "leaves_faults" not in request.fixturenames:
        assert faults(cast.congress) == []
