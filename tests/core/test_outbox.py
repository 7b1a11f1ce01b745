"""Letters are rows with a state; the worker sends each once, and no row holds a link that works."""

import smtplib
from datetime import date

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend

from core import links, outbox
from core.models import AuditEntry, Mail
from core.refusal import Refused
from tests import factories as make

pytestmark = pytest.mark.django_db


class BrokenBackend(EmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages) -> int:
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    """Write a letter and let the worker have it."""

    def written(**fields) -> Mail | None:
        fields = {"to": "hai@example.org", "subject": "Giấy mời", "body": "Kính gửi"} | fields
        with django_capture_on_commit_callbacks(execute=True):
            mail = outbox.send(**fields)
        if mail:
            mail.refresh_from_db()
        return mail

    return written


def test_a_letter_is_sent_and_says_so(send):
    mail = send(to=make.make_user("hai", full_name="Lê Thị Hải"), subject="Nhắc việc", body="Còn 3 ngày")
    assert (mail.state, mail.attempts, mail.to) == (Mail.State.SENT, 1, "hai@example.org")
    assert mail.sent_at
    [letter] = django_mail.outbox
    assert (letter.subject, letter.body, letter.to) == ("Nhắc việc", "Còn 3 ngày", ["hai@example.org"])


def test_an_address_may_stand_for_a_person(send):
    assert send(to="khach@example.org").recipient is None


def test_nobody_is_written_to_without_an_address(send):
    assert send(to=make.make_user(email="")) is None
    assert not Mail.objects.exists()


def test_an_act_that_fails_sends_nothing(send):
    """The letter leaves only when the transaction has ended well."""
    outbox.send(to="hai@example.org", subject="x", body="x")
    assert not django_mail.outbox


def test_a_rehearsal_holds_letters_back(send, today):
    today(2020, 5, 15)
    assert send().state == Mail.State.HELD
    assert not django_mail.outbox


def test_a_server_that_is_away_leaves_a_reason(send, settings):
    settings.EMAIL_BACKEND = "tests.core.test_outbox.BrokenBackend"
    mail = send()
    assert mail.state == Mail.State.FAILED
    assert "unexpectedly closed" in mail.error


def test_line_breaks_in_a_subject_do_no_harm(send):
    assert send(subject="Giấy mời\nBcc: ai@example.org").state == Mail.State.SENT
    assert django_mail.outbox[0].subject == "Giấy mời Bcc: ai@example.org"
    assert django_mail.outbox[0].bcc == []


def test_an_attempt_is_made_once(send):
    mail = send()
    outbox.deliver.call(mail.pk, 1)
    outbox.deliver.call(mail.pk, 2)
    assert len(django_mail.outbox) == 1


def test_a_failed_letter_goes_out_again(send, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "tests.core.test_outbox.BrokenBackend"
    mail = send()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        outbox.send_again(actor=make.make_user(), mail=mail)
        outbox.send_again(actor=make.make_user(), mail=mail)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == (Mail.State.SENT, 2, "")
    assert len(django_mail.outbox) == 1
    assert AuditEntry.objects.filter(verb="mail.sent_again").count() == 2


def test_a_letter_that_was_sent_is_not_sent_again(send):
    with pytest.raises(Refused):
        outbox.send_again(actor=make.make_user(), mail=send())


def test_while_a_rehearsal_is_on_nothing_is_sent_again(send, settings):
    settings.PORTAL_TODAY = date(2020, 5, 15)
    mail = send()
    with pytest.raises(Refused):
        outbox.send_again(actor=make.make_user(), mail=mail)
    settings.PORTAL_TODAY = None
    assert outbox.why_not_send_again(mail) is None


def test_the_link_is_made_as_the_letter_leaves(send):
    user = make.make_user("hai")
    mail = send(to=user, body=f"Mở: {links.MARK}")
    assert links.MARK in mail.body
    assert "/password/set/" not in mail.body
    [letter] = django_mail.outbox
    assert "/password/set/" in letter.body
    assert links.MARK not in letter.body


def test_nobody_gets_a_link_who_is_no_account(send):
    send(to="la@example.org", body=f"Mở: {links.MARK}")
    assert "/password/set/" not in django_mail.outbox[0].body
