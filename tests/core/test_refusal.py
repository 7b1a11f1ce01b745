"""A refusal is a page that says why, with the right status, and changes nothing."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core.middleware import Answers
from core.refusal import Denial, Refused, refuse_if
from core.versions import Stale
from tests import factories as make


def test_no_reason_is_no_refusal():
    refuse_if(None)
    refuse_if("")


@pytest.mark.parametrize(("reason", "status"), [("full", 409), (Denial("not yours"), 403)])
def test_a_reason_is_a_refusal_with_its_status(reason, status):
    with pytest.raises(Refused) as refused:
        refuse_if(reason)
    assert (refused.value.reason, refused.value.status) == (reason, status)


def answer(user, exception) -> HttpResponse | None:
    request = RequestFactory().post("/x/", {"version": "1", "name_vi": "<b>Viện</b> của tôi"})
    request.user = user
    request.session = {}
    return Answers(lambda request: HttpResponse()).process_exception(request, exception)


@pytest.mark.django_db
@pytest.mark.parametrize(("reason", "status"), [("Hết chỗ <b>", 409), (Denial("Không phải của bạn"), 403)])
def test_the_page_says_why(reason, status):
    page = answer(make.make_user(), Refused(reason))
    assert page.status_code == status
    assert reason.replace("<b>", "&lt;b&gt;") in page.content.decode()
    assert "<b>Hết" not in page.content.decode()


@pytest.mark.django_db
def test_a_stale_edit_gets_the_page_with_both_texts():
    unit = make.make_unit(name_vi="Viện của người khác")
    page = answer(make.make_user(), Stale(unit))
    text = page.content.decode()
    assert page.status_code == 409
    assert "Viện của người khác" in text
    assert "&lt;b&gt;Viện&lt;/b&gt; của tôi" in text
    assert "<b>Viện</b>" not in text


def test_other_exceptions_pass():
    assert Answers(lambda request: HttpResponse()).process_exception(RequestFactory().get("/"), ValueError()) is None
