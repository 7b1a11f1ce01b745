"""A form that creates takes effect once per key."""

import uuid

import pytest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory

from core.models import OnceKey
from core.once import once
from core.refusal import Refused
from tests import factories as make
from units.models import Block

pytestmark = pytest.mark.django_db


@once
def block_add(request) -> HttpResponse:
    """A creating view as they all are: the form, the form with faults, the thing."""
    if request.method == "GET":
        return HttpResponse("form")
    if request.POST.get("refuse"):
        make.make_block()
        raise Refused("no")
    if not request.POST.get("name"):
        make.make_block(name_vi="half done")
        return HttpResponse("form with faults")
    return redirect(f"/blocks/{make.make_block(name_vi=request.POST['name']).pk}/")


def send(user, **post) -> HttpResponse:
    request = RequestFactory().post("/blocks/add/", post)
    request.user = user
    return block_add(request)


@pytest.fixture
def user(db):
    return make.make_user()


@pytest.fixture
def key() -> str:
    return str(uuid.uuid4())


def test_looking_at_the_form_needs_no_key(user):
    request = RequestFactory().get("/")
    request.user = user
    assert block_add(request).content == b"form"
    assert not OnceKey.objects.exists()


def test_the_second_sending_is_led_to_the_first_result(user, key):
    first = send(user, once=key, name="Khối một")
    again = send(user, once=key, name="Khối một")
    changed = send(user, once=key, name="Khối khác")
    assert first.url == again.url == changed.url == f"/blocks/{Block.objects.get().pk}/"


def test_a_new_form_makes_a_new_thing(user, key):
    send(user, once=key, name="Khối một")
    send(user, once=str(uuid.uuid4()), name="Khối một")
    assert Block.objects.count() == 2


def test_a_form_with_faults_leaves_nothing_and_may_be_sent_again(user, key):
    assert send(user, once=key).content == b"form with faults"
    assert not Block.objects.exists()
    assert not OnceKey.objects.exists()
    assert send(user, once=key, name="Khối một").status_code == 302


def test_a_refusal_leaves_nothing_and_may_be_sent_again(user, key):
    with pytest.raises(Refused):
        send(user, once=key, refuse="1")
    assert not Block.objects.exists()
    assert send(user, once=key, name="Khối một").status_code == 302


def test_keys_of_different_people_do_not_meet(user, key):
    send(user, once=key, name="Khối một")
    send(make.make_user(), once=key, name="Khối hai")
    assert Block.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x", "' OR 1=1", "00000000-0000-0000-0000-00000000000"])
def test_without_a_key_nothing_is_made(user, key):
    with pytest.raises(Refused):
        send(user, once=key, name="Khối một")
    assert not Block.objects.exists()
