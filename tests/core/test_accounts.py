"""Accounts: signing in and out, lock-out, one-time links, passwords, sessions, language."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings as portal
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from core import accounts, links, lockout
from core.models import AuditEntry, Mail, SignIn, User
from core.refusal import Refused
from tests import factories as make
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"
NEW_PASSWORD = "một-mật-khẩu-khác-2020"


def sign_in(username: str, password: str = PASSWORD, client: Client | None = None, **extra):
    return (client or Client()).post(SIGN_IN, {"username": username, "password": password}, **extra)


def signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


@pytest.fixture
def hai() -> User:
    return make.make_user("hai", full_name="Lê Thị Hải")


@pytest.fixture
def letters(django_capture_on_commit_callbacks):
    """Do something, let the worker send what it wrote, and have the letters."""

    def sent_by(act) -> list:
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return django_mail.outbox

    return sent_by


def path_in(letter) -> str:
    return re.search(r"https?://[^/]+(/password/set/\S+)", letter.body).group(1)


# ---- Signing in ----


@pytest.mark.parametrize("typed", ["hai", "HAI", "  Hai ", "hai@example.org", " Hai@Example.ORG "])
def test_user_name_and_e_mail_both_do(hai, typed):
    client = Client()
    assert sign_in(typed, client=client).status_code == 302
    assert signed_in(client)


def test_a_long_e_mail_does_too():
    make.make_user("hai", email=f"{'a' * 60}.{'b' * 60}@example.org")
    assert sign_in(f"{'a' * 60}.{'b' * 60}@example.org").status_code == 302


@pytest.mark.parametrize(
    ("username", "password"), [("hai", "sai"), ("nobody", PASSWORD), ("no@example.org", "sai-hẳn")]
)
def test_a_wrong_pair_says_the_same_whatever_was_wrong(hai, username, password):
    page = sign_in(username, password)
    assert page.status_code == 200
    assert page.context["form"].non_field_errors() == [page.context["form"].error_messages["invalid_login"]]
    assert username in page.content.decode()
    assert password not in page.content.decode()


def test_a_closed_account_stays_out(hai):
    hai.is_active = False
    hai.save()
    page = sign_in("hai")
    assert page.context["form"].non_field_errors() == [page.context["form"].error_messages["invalid_login"]]


def test_signing_in_takes_the_forms_own_token(hai):
    assert sign_in("hai", client=Client(enforce_csrf_checks=True)).status_code == 403


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example"]
)
def test_nobody_is_led_away(hai, there):
    assert sign_in_to(there).headers["Location"] == "/"
    for client in (Client(), signed_in_client(hai)):
        answer = client.post("/language/", {"language": "en", "next": there})
        assert answer.headers["Location"] == "/"


def sign_in_to(there: str):
    return Client().post(SIGN_IN, {"username": "hai", "password": PASSWORD, "next": there})


def signed_in_client(user: User, password: str = PASSWORD) -> Client:
    client = Client()
    assert sign_in(user.username, password, client=client).status_code == 302
    return client


def test_one_comes_back_to_where_one_wanted_to_go(hai):
    page = Client().get("/account/")
    assert page.headers["Location"] == "/sign-in/?next=/account/"
    assert sign_in_to("/account/").headers["Location"] == "/account/"


OPEN = ["sign_in", "ask_for_link", "link_sent", "password_set"]


@pytest.mark.parametrize("name", OPEN)
def test_pages_for_everybody(name):
    assert Client().get(reverse(f"core:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["profile", "change_password"])
def test_pages_for_those_who_signed_in(name):
    assert Client().get(reverse(f"core:{name}")).headers["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("name", ["sign_out", "sign_out_everywhere", "language"])
def test_what_changes_something_takes_a_post(hai, name):
    assert signed_in_client(hai).get(reverse(f"core:{name}")).status_code == 405


# ---- Lock-out ----


def fail(username: str, times: int, client: Client | None = None, **extra) -> list[int]:
    return [sign_in(username, "sai-mật-khẩu", client=client, **extra).status_code for _ in range(times)]


def test_an_account_is_locked_after_too_many_failures(hai, settings):
    assert fail("hai", settings.AXES_FAILURE_LIMIT) == [200] * (settings.AXES_FAILURE_LIMIT - 1) + [429]
    page = sign_in("hai")
    assert page.status_code == 429
    assert "core/locked_out.html" in [template.name for template in page.templates]


def test_name_and_e_mail_are_one_account_to_the_lock(hai, settings):
    fail("hai", settings.AXES_FAILURE_LIMIT // 2)
    fail("HAI@example.org", settings.AXES_FAILURE_LIMIT - settings.AXES_FAILURE_LIMIT // 2)
    assert sign_in("hai").status_code == 429


def test_another_account_is_not_locked_with_it(hai, settings):
    fail("hai", settings.AXES_FAILURE_LIMIT)
    make.make_user("ba")
    assert sign_in("ba").status_code == 302


def test_an_account_is_locked_wherever_the_guesses_come_from(hai, settings):
    for number in range(settings.AXES_FAILURE_LIMIT):
        fail("hai", 1, REMOTE_ADDR=f"10.0.0.{number + 1}")
    assert sign_in("hai", REMOTE_ADDR="10.0.1.1").status_code == 429


def test_an_address_that_guesses_at_many_accounts_is_locked(hai, settings):
    for number in range(settings.AXES_FAILURE_LIMIT * lockout.ADDRESS_ALLOWANCE):
        fail(f"nobody{number}", 1, REMOTE_ADDR="10.9.9.9")
    assert sign_in("hai", REMOTE_ADDR="10.9.9.9").status_code == 429
    assert sign_in("hai", REMOTE_ADDR="10.9.9.8").status_code == 302


def test_one_building_behind_one_address_is_not_locked_by_one_clumsy_person(hai, settings):
    fail("nobody", settings.AXES_FAILURE_LIMIT, REMOTE_ADDR="10.9.9.9")
    assert sign_in("hai", REMOTE_ADDR="10.9.9.9").status_code == 302


def test_signing_in_forgives_ones_own_failures(hai, settings):
    fail("hai", settings.AXES_FAILURE_LIMIT - 1)
    assert sign_in("hai").status_code == 302
    fail("hai", settings.AXES_FAILURE_LIMIT - 1)
    assert sign_in("hai").status_code == 302


def test_signing_in_does_not_forgive_guesses_at_a_colleague(hai, settings):
    make.make_user("ba")
    fail("hai", settings.AXES_FAILURE_LIMIT - 1)
    assert sign_in("ba").status_code == 302
    fail("hai", 1)
    assert sign_in("hai").status_code == 429


def test_the_lock_opens_after_its_time_though_somebody_keeps_knocking(hai, settings):
    fail("hai", settings.AXES_FAILURE_LIMIT)
    set_back(minutes=59)
    fail("hai", 3)
    assert sign_in("hai").status_code == 429
    set_back(minutes=2)
    assert sign_in("hai").status_code == 302


def set_back(minutes: int) -> None:
    """Let time pass for the failures."""
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(
            attempt_time=attempt.attempt_time - timedelta(minutes=minutes)
        )


def test_a_new_password_by_mail_opens_the_lock(hai, settings, letters):
    fail("hai", settings.AXES_FAILURE_LIMIT)
    path = path_in(letters(lambda: accounts.send_link(actor=None, user=hai))[0])
    client = Client()
    choose(client, path)
    assert sign_in("hai", NEW_PASSWORD, client=client).status_code == 302


def test_a_password_that_failed_is_nowhere_written(hai):
    fail("hai", 2)
    attempt = AccessAttempt.objects.get()
    assert "sai-mật-khẩu" not in str(attempt.__dict__)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "1.1.1.1", "10.0.0.1"),  # nobody of ours wrote it
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),  # the first was sent by the visitor
        (2, "6.6.6.6, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "1.1.1.1", "10.0.0.1"),
        (1, "nonsense", None),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_whose_address_counts_behind_proxies(settings, proxies, forwarded, address):
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})
    assert lockout.address(request) == address


def test_an_address_may_be_missing():
    assert lockout.address(RequestFactory().get("/", REMOTE_ADDR="")) is None


# ---- Accounts and their links ----


def test_an_account_comes_with_a_link_and_no_password(letters):
    [letter] = letters(
        lambda: accounts.create(actor=None, username="Moi.Den", full_name="Trần  Văn Mới ", email=" Moi@Example.org ")
    )
    user = User.objects.get(username="moi.den")
    assert (user.full_name, user.email, user.has_usable_password()) == ("Trần Văn Mới", "moi@example.org", False)
    assert letter.to == ["moi@example.org"]
    assert "moi.den" in letter.body
    assert list(AuditEntry.objects.order_by("number").values_list("verb", flat=True)) == [
        "account.created",
        "account.link_sent",
    ]


@pytest.mark.parametrize(
    "values",
    [
        {"username": "hai"},
        {"username": "HAI"},
        {"username": "có dấu"},
        {"username": ""},
        {"email": "HAI@example.org"},
        {"email": "no-address"},
        {"full_name": " "},
    ],
)
def test_an_account_must_stand_up(hai, values):
    with pytest.raises(ValidationError):
        accounts.create(actor=None, **{"username": "ba", "full_name": "Ba", "email": "ba@example.org"} | values)
    assert User.objects.count() == 1


def test_the_database_too_holds_one_account_per_e_mail(hai):
    with pytest.raises(IntegrityError):
        make.make_user("ba", email="hai@example.org")


def test_somebody_was_quicker(hai, monkeypatch):
    monkeypatch.setattr(User, "full_clean", lambda self, **_: None)  # both had looked before either wrote
    with pytest.raises(Refused):
        accounts.create(actor=None, username="hai", full_name="Hai")


def test_without_an_address_no_link_and_no_entry():
    user = make.make_user(email="")
    assert accounts.send_link(actor=None, user=user) is None
    assert not AuditEntry.objects.exists()


def ask(email: str):
    return Client().post("/password/link/", {"email": email})


def test_asking_for_a_link_never_tells_whether_there_is_an_account(hai):
    answers = [ask("hai@example.org"), ask("HAI@example.org"), ask("nobody@example.org")]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(302, "/password/link/sent/")}
    assert Mail.objects.count() == 2


def test_asking_too_often_fills_nobodys_mailbox(hai):
    for _ in range(accounts.LINKS_AN_HOUR + 3):
        assert ask("hai@example.org").status_code == 302
    assert Mail.objects.count() == accounts.LINKS_AN_HOUR


def test_a_closed_account_gets_no_link(hai):
    hai.is_active = False
    hai.save()
    ask("hai@example.org")
    assert not Mail.objects.exists()


def choose(client: Client, path: str, password: str = NEW_PASSWORD):
    """Open a link as a browser does, and set the password."""
    form = client.get(path, follow=True)
    assert form.context["validlink"], "the link does not open"
    return client.post(form.redirect_chain[-1][0], {"new_password1": password, "new_password2": password})


def opens(path: str) -> bool:
    return bool(Client().get(path, follow=True).context["validlink"])


def test_a_link_that_a_mail_scanner_opened_still_works_once(hai):
    path = links.one_time_link(hai).removeprefix(portal.PORTAL_ADDRESS)
    old = hai.password
    assert opens(path)
    assert opens(path)
    hai.refresh_from_db()
    assert hai.password == old
    client = Client()
    assert choose(client, path).headers["Location"] == "/password/set/done/"
    assert not opens(path)
    assert sign_in("hai", NEW_PASSWORD).status_code == 302
    assert sign_in("hai", PASSWORD).status_code == 200


def test_a_link_expires(hai, settings):
    path = links.one_time_link(hai).removeprefix(portal.PORTAL_ADDRESS)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert not opens(path)


def test_a_link_is_for_one_account(hai):
    other = make.make_user("ba")
    path = links.one_time_link(hai).removeprefix(portal.PORTAL_ADDRESS)
    own_id = path.split("/")[3]
    other_id = links.one_time_link(other).removeprefix(portal.PORTAL_ADDRESS).split("/")[3]
    assert not opens(path.replace(own_id, other_id, 1))
    assert not opens(f"/password/set/{own_id}/xx-nonsense/")
    assert not opens("/password/set/zzz/xx-nonsense/")


def test_the_link_of_an_account_that_was_closed_since_does_not_open(hai):
    path = links.one_time_link(hai).removeprefix(portal.PORTAL_ADDRESS)
    User.objects.filter(pk=hai.pk).update(is_active=False)
    assert not opens(path)


@pytest.mark.parametrize("password", ["ngắn", "1234567890123", "iloveyou12", "lê thị hải"])
def test_a_weak_password_is_refused_and_the_link_still_works(hai, password):
    client = Client()
    path = links.one_time_link(hai).removeprefix(portal.PORTAL_ADDRESS)
    page = choose(client, path, password)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert f'value="{password}"' not in page.content.decode()
    assert opens(path)


def test_a_link_opened_where_somebody_else_is_signed_in(hai):
    """The password goes to the link's account, and nobody stays signed in as the other."""
    client = signed_in_client(make.make_user("ba"))
    assert choose(client, links.one_time_link(hai).removeprefix(portal.PORTAL_ADDRESS)).status_code == 302
    assert not signed_in(client)
    assert sign_in("ba").status_code == 302


def test_a_link_opened_where_one_is_signed_in_oneself(hai):
    client, elsewhere = signed_in_client(hai), signed_in_client(hai)
    hai.refresh_from_db()
    assert choose(client, links.one_time_link(hai).removeprefix(portal.PORTAL_ADDRESS)).status_code == 302
    assert not signed_in(client)
    assert not signed_in(elsewhere)


# ---- Password and sessions ----


def change_password(client: Client, old: str = PASSWORD, new: str = NEW_PASSWORD):
    return client.post("/password/change/", {"old_password": old, "new_password1": new, "new_password2": new})


def test_a_new_password_ends_the_other_sessions(hai):
    here, elsewhere, third = (signed_in_client(hai) for _ in range(3))
    assert change_password(here).status_code == 302
    assert signed_in(here)
    assert not signed_in(elsewhere)
    assert not signed_in(third)
    assert len(accounts.devices(hai)) == 1
    assert sign_in("hai", NEW_PASSWORD).status_code == 302


def test_the_old_password_must_be_right(hai):
    client = signed_in_client(hai)
    page = change_password(client, old="sai")
    assert page.status_code == 200
    assert "old_password" in page.context["form"].errors
    assert sign_in("hai").status_code == 302


def test_ones_devices_are_listed_and_ended_everywhere(hai):
    phone, desk = Client(), Client()
    sign_in("hai", client=phone, headers={"User-Agent": "Telephone 7"}, REMOTE_ADDR="10.0.0.7")
    sign_in("hai", client=desk, headers={"User-Agent": "Desk 9" * 100})
    stranger = signed_in_client(make.make_user("ba"))
    text = desk.get("/account/").content.decode()
    assert "Telephone 7" in text
    assert "10.0.0.7" in text
    assert desk.post("/sign-out/everywhere/").headers["Location"] == SIGN_IN
    assert not signed_in(phone)
    assert not signed_in(desk)
    assert signed_in(stranger)
    assert not SignIn.objects.filter(user=hai).exists()
    assert AuditEntry.objects.filter(verb="account.signed_out", actor=hai).count() == 1


def test_signing_out_forgets_the_device(hai):
    client = signed_in_client(hai)
    client.post("/sign-out/")
    assert not SignIn.objects.exists()


def test_sessions_that_ran_out_are_no_devices(hai):
    client = signed_in_client(hai)
    session = SignIn.objects.get().session
    session.expire_date -= timedelta(days=2)
    session.save()
    assert accounts.devices(hai) == []
    assert not signed_in(client)


def test_closing_an_account_ends_its_sessions_and_opening_brings_it_back(hai):
    actor, client = make.make_user(), signed_in_client(hai)
    accounts.set_active(actor=actor, user=hai, active=False)
    assert not signed_in(client)
    assert sign_in("hai").status_code == 200
    accounts.set_active(actor=actor, user=hai, active=True)
    assert sign_in("hai").status_code == 302
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"account.closed", "account.opened"}


# ---- One's own account ----


def save_profile(client: Client, **values):
    return client.post("/account/", {"full_name": "Lê Thị Hải", "email": "hai@example.org", "phone": ""} | values)


def test_ones_own_name_and_address(hai):
    client = signed_in_client(hai)
    assert save_profile(client, full_name="Lê Thị  Hải Yến", phone="0912345678").status_code == 302
    hai.refresh_from_db()
    assert (hai.full_name, hai.phone, hai.folded) == ("Lê Thị Hải Yến", "0912345678", "le thi hai yen")
    entry = AuditEntry.objects.get(verb="account.changed")
    assert ["Lê Thị Hải", "Lê Thị Hải Yến"] in entry.details["changes"].values()


def test_saving_what_stands_there_writes_nothing(hai):
    save_profile(signed_in_client(hai))
    assert not AuditEntry.objects.filter(verb="account.changed").exists()


def test_a_new_e_mail_is_told_to_the_old_one(hai, letters):
    client = signed_in_client(hai)
    [letter] = letters(lambda: save_profile(client, email="Moi@example.org"))
    assert letter.to == ["hai@example.org"]
    assert "moi@example.org" in letter.body
    assert sign_in("moi@example.org").status_code == 302


@pytest.mark.parametrize("email", ["ba@example.org", "BA@Example.org", "no-address"])
def test_an_e_mail_that_cannot_be(hai, email):
    make.make_user("ba")
    page = save_profile(signed_in_client(hai), email=email, full_name="Tên Đang Gõ")
    assert page.status_code == 200
    assert page.context["form"].errors
    assert "Tên Đang Gõ" in page.content.decode()  # what was typed is kept
    assert page.context["user"].full_name == "Lê Thị Hải"  # and the page's frame does not change
    hai.refresh_from_db()
    assert hai.email == "hai@example.org"


# ---- Language ----


def test_vietnamese_is_the_first_language():
    page = Client(headers={"Accept-Language": "en"}).get(SIGN_IN)
    assert page.headers["Content-Language"] == "vi"
    assert '<html lang="vi">' in page.content.decode()


def test_the_language_is_remembered_with_the_account(hai):
    client = signed_in_client(hai)
    answer = client.post("/language/", {"language": "en", "next": "/account/?x=1"})
    assert answer.headers["Location"] == "/account/?x=1"
    assert client.get("/account/").headers["Content-Language"] == "en"
    other = signed_in_client(hai)
    assert other.get("/account/").headers["Content-Language"] == "en"


def test_somebody_unknown_is_remembered_by_a_cookie():
    client = Client()
    client.post("/language/", {"language": "en", "next": SIGN_IN})
    assert client.get(SIGN_IN).headers["Content-Language"] == "en"
    assert client.cookies["language"]["httponly"]
    assert Client().get(SIGN_IN).headers["Content-Language"] == "vi"


@pytest.mark.parametrize("language", ["fr", "", "en-US; rm", "../vi"])
def test_a_language_that_the_portal_does_not_speak(hai, language):
    for client in (Client(), signed_in_client(hai)):
        client.post("/language/", {"language": language})
        assert client.get(SIGN_IN, follow=True).headers["Content-Language"] == "vi"


def test_a_cookie_that_somebody_made_up():
    client = Client()
    client.cookies["language"] = "xx"
    assert client.get(SIGN_IN).headers["Content-Language"] == "vi"


def test_letters_are_in_the_recipients_language(hai, letters):
    hai.language = "en"
    hai.save()
    with translation.override("vi"):
        [letter] = letters(lambda: accounts.send_link(actor=None, user=hai))
    assert letter.body.startswith("Dear Lê Thị Hải")
