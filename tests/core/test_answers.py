"""Answers of last resort: pages, not bare words."""

from django.test import Client
from django.urls import reverse


def test_a_form_that_is_too_old_says_what_became_of_the_input(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("core:language"), {"language": "en"})
    assert answer.status_code == 403
    assert "<h1>" in answer.text
    assert "style=" not in answer.text
    assert cast.congress.phone in answer.text
