"""What check_invariants says of a plan: planted faults are named, a sound plan has none."""

from datetime import date

import pytest

from congress import actions
from congress.invariants import faults
from congress.models import Task
from tests import factories as make


@pytest.fixture
def tied(cast) -> Task:
    phase = make.make_phase(cast.congress)
    return actions.add_task(
        actor=None, congress=cast.congress, phase=phase, lead=cast.unit, name_vi="Báo cáo", anchor="congress",
        offset_days=10, length_days=5,
    )  # fmt: skip


def test_a_sound_plan_has_no_faults(cast, tied):
    make.make_task(cast.congress, cast.unit, needs=[tied])
    assert faults(cast.congress) == []


@pytest.mark.parametrize("fields", [{"due": date(2020, 12, 1)}, {"starts": None, "due": None}, {"offset_days": 11}])
def test_a_distance_that_is_not_kept_is_named(cast, tied, fields):
    Task.objects.filter(pk=tied.pk).update(**fields)
    assert len(faults(cast.congress)) == 1


def test_what_is_over_may_stand_anywhere(cast, tied):
    Task.objects.filter(pk=tied.pk).update(due=date(2020, 12, 1), finished_on=date(2020, 11, 30))
    assert faults(cast.congress) == []


def test_a_circle_is_named_at_each_of_its_tasks(cast, tied):
    other = make.make_task(cast.congress, cast.unit, needs=[tied])
    tied.needs.set([other])
    assert len(faults(cast.congress)) == 2


def test_a_need_of_another_plan_is_named(cast, tied):
    tied.needs.set([make.make_task(make.make_congress(slug="2025", is_current=False), cast.unit)])
    assert len(faults(cast.congress)) == 1
