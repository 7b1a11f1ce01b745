"""The first account of a new portal, and user names."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from core.models import User
from tests import factories as make
from units.hats import hats
from units.usernames import base_of, username_for

pytestmark = pytest.mark.django_db


def make_officer(*args, **options) -> str:
    out = StringIO()
    call_command("make_officer", *args, stdout=out, **options)
    return out.getvalue().strip()


@pytest.mark.parametrize("head", [True, False])
def test_the_first_account_of_a_portal(head):
    link = make_officer("lan", "Lan@example.org", "Hoàng Thu Lan", head=head)
    user = User.objects.get(username="lan")
    assert (user.full_name, user.email) == ("Hoàng Thu Lan", "lan@example.org")
    assert (hats(user).department_head, hats(user).department_officer) == (head, not head)
    path = "/" + link.split("/", 3)[3]
    assert Client().get(path, follow=True).context["validlink"]


def test_a_fault_is_said_in_a_sentence(cast):
    with pytest.raises(CommandError):
        make_officer("officer", "other@example.org", "Ai Đó")
    with pytest.raises(CommandError):
        make_officer("other", "officer@example.org", "Ai Đó")


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("Lê Thị Hồng Nhung", "nhunglth"),
        ("Đinh Quốc Minh", "minhdq"),
        ("An", "an"),
        ("H'Hen Niê Kdăm", "kdamhn"),
        ("Trần  Văn\u00a0Mới ", "moitv"),
        ("李 明", "user"),
        ("...", "user"),
    ],
)
def test_a_user_name_is_made_as_offices_make_it(name, base):
    assert base_of(name) == base


def test_a_name_that_is_taken_gets_a_number():
    assert username_for("Lê Thị Hồng Nhung") == "nhunglth"
    make.make_user("nhunglth")
    make.make_user("nhunglth3")
    assert username_for("Lê Thị Hồng Nhung") == "nhunglth2"
    make.make_user("nhunglth2")
    assert username_for("Lê Thị Hoài Nhung") == "nhunglth4"
