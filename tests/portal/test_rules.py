"""Who sees what belongs to no room."""

import pytest

from core.refusal import Denial
from portal import rules

pytestmark = pytest.mark.django_db


def test_the_outbox_is_the_departments(cast):
    reasons = {role: rules.why_not_outbox(user) for role, user in cast.roles.items()}
    assert {role for role, reason in reasons.items() if reason is None} == {"officer", "department_head"}
    assert all(isinstance(reason, Denial) for reason in reasons.values() if reason)
