"""One form sent many times at the same moment makes one thing, and everybody is led to it."""

import uuid

import pytest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory

from core.models import OnceKey
from core.once import once
from tests import factories as make
from tests.postgres.race import at_once
from units.models import Block

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SENDINGS = 10


def make_block(request) -> HttpResponse:
    return redirect(f"/blocks/{make.make_block().pk}/")


def send(view, user, key):
    request = RequestFactory().post("/", {"once": key})
    request.user = user
    return view(request)


def test_one_thing_is_made():
    user, key = make.make_user(), str(uuid.uuid4())
    answers = at_once(SENDINGS, lambda number: send(once(make_block), user, key))
    assert {answer.url for answer in answers} == {f"/blocks/{Block.objects.get().pk}/"}
    assert OnceKey.objects.count() == 1


def test_when_the_first_fails_a_later_one_is_the_first():
    user, key = make.make_user(), str(uuid.uuid4())

    def fails_once(request) -> HttpResponse:
        if request.fail:
            raise RuntimeError
        return make_block(request)

    def act(number):
        request = RequestFactory().post("/", {"once": key})
        request.user, request.fail = user, number % 2 == 0
        return once(fails_once)(request)

    at_once(SENDINGS, act)
    assert Block.objects.count() <= 1  # none when all that came through failed
    assert send(once(make_block), user, key).url == f"/blocks/{Block.objects.get().pk}/"


def test_different_forms_make_different_things():
    user = make.make_user()
    at_once(SENDINGS, lambda number: send(once(make_block), user, str(uuid.uuid4())))
    assert Block.objects.count() == SENDINGS


def test_control_without_the_key_each_sending_makes_one():
    user, key = make.make_user(), str(uuid.uuid4())
    at_once(SENDINGS, lambda number: send(make_block, user, key))
    assert Block.objects.count() == SENDINGS
