"""Ballots in the browser: who opens which page in which state, the paper in two steps, the count, the decisions."""

import html
import re
import uuid
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from awards import actions
from awards.ballot import new_code
from awards.invariants import faults
from awards.models import Ballot, RollEntry, SealedPaper, Teller
from core.models import AuditEntry
from tests import factories as make
from tests.awards.scenes import Session, in_session
from tests.awards.test_ballots import ALLOWED, COUNCIL, DEPARTMENT, TIED, TIED_AGAIN, TOO_FEW, bring_to

pytestmark = pytest.mark.django_db
State = Ballot.State
PAGES = {
    "rule": "set_rule",
    "vote": "vote",
    "count": "count",
    "void": "void",
    "decide_tie": "decide_tie",
    "leave_empty": "leave_empty",
}
BUTTONS = {"open_ballot": "open_ballot", "close": "close", "call_round": "call_round"}


@pytest.fixture
def session(cast) -> Session:
    return in_session(cast)


def url(name: str, ballot: Ballot) -> str:
    return reverse(f"awards:{name}", args=["2020", ballot.pk])


def seen(answer) -> str:
    """What a page says, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


# ---- Role × state × page ----


@pytest.mark.parametrize("state", ALLOWED)
def test_who_opens_what(cast, enter, session, state):
    ballot, before = bring_to(session, state), AuditEntry.objects.count()
    inside = COUNCIL | DEPARTMENT
    for role, user in cast.roles.items():
        client = enter(user)
        assert client.get(url("ballot", ballot)).status_code == (200 if role in inside else 403), role
        for name, act in PAGES.items():
            status = client.get(url(name, ballot)).status_code
            may = role in ALLOWED[state].get(act, set())
            assert status == 200 if may else status in (403, 409), (role, name, status)
            assert status != 409 or role in inside, (role, name)
        for name, act in BUTTONS.items():
            assert client.get(url(name, ballot)).status_code == 405
            if role not in ALLOWED[state].get(act, set()):
                answer = client.post(url(name, ballot), {"once": uuid.uuid4()})
                assert answer.status_code in (403, 409), (role, name)
    for name in ("ballot", *PAGES):
        assert Client().get(url(name, ballot)).headers["Location"].startswith("/sign-in/")
    assert AuditEntry.objects.count() == before
    assert faults(cast.congress) == []


def test_what_does_not_exist_is_not_found_and_strangers_learn_nothing(cast, enter, session):
    other = make.make_congress(slug="2025", is_current=False)
    ballot = session.ballot()
    assert enter(cast.member).get(reverse("awards:ballot", args=["2020", 999_999])).status_code == 404
    assert enter(cast.stranger).get(reverse("awards:ballot", args=["2020", 999_999])).status_code == 403
    assert enter(cast.officer).get(reverse("awards:ballot", args=[other.slug, ballot.pk])).status_code == 404
    assert enter(cast.member).get(reverse("awards:ballot", args=[other.slug, ballot.pk])).status_code == 403


# ---- The ballot's page ----


def test_the_page_says_the_rule_and_whom_it_waits_on(cast, enter, session):
    client = enter(cast.chair)
    text = seen(client.get(url("ballot", session.ballot())))
    assert "hơn 50 % tổng số thành viên Hội đồng" in text
    assert "ít nhất 08 phiếu" in text
    assert "Chờ người chủ trì mở cuộc bỏ phiếu từ" in text
    session.open()
    assert "Chờ các thành viên bỏ phiếu từ" in seen(client.get(url("ballot", session.ballot())))
    session.vote("collective", [[1, 2]] * 15)
    session.close()
    assert "Chờ hai người kiểm phiếu mở hòm phiếu từ" in seen(client.get(url("ballot", session.ballot())))


def test_a_vote_is_opened_and_closed_at_a_button(cast, enter, session):
    client, ballot = enter(cast.chair), session.ballot()
    page = client.get(url("ballot", ballot)).content.decode()
    assert re.search(rf'action="{url("open_ballot", ballot)}" data-confirm="[^"]+"', page)
    key = uuid.uuid4()
    for _twice in range(2):
        assert client.post(url("open_ballot", ballot), {"once": key}).headers["Location"] == url("ballot", ballot)
    assert session.ballot().state == State.OPEN
    page = client.get(url("ballot", ballot)).content.decode()
    assert 'aria-disabled="true"' in page  # closing an empty box, and why not
    assert "Chưa có thành viên nào bỏ phiếu" in page
    session.vote("collective", [[1]])
    page = client.get(url("ballot", ballot)).content.decode()
    assert "1/15" in re.search(rf'action="{url("close", ballot)}" data-confirm="([^"]+)"', page)[1]
    assert client.post(url("close", ballot), {"once": uuid.uuid4()}).status_code == 302
    assert session.ballot().state == State.CLOSED
    assert faults(cast.congress) == []


def test_an_act_that_is_somebody_elses_is_not_shown(cast, enter, session):
    ballot = session.open()
    for role in ("officer", "member", "teller"):
        page = enter(cast.roles[role]).get(url("ballot", ballot)).content.decode()
        assert url("close", ballot) not in page
        assert url("void", ballot) not in page
        assert (url("vote", ballot) in page) == (role != "officer")


def test_a_member_sees_how_they_stand_to_the_vote(cast, enter, session):
    nominee = cast.congress.nominations.listed("collective").first()
    actions.declare_conflict(actor=cast.member, nomination=nominee, reason="Em ruột")
    ballot = session.open()
    assert "xung đột lợi ích" in seen(enter(cast.member).get(url("ballot", ballot)))
    actions.cast(actor=cast.secretary, ballot=ballot, choices=[1], key=uuid.uuid4())
    assert "Phiếu của đồng chí đã được bỏ" in seen(enter(cast.secretary).get(url("ballot", ballot)))
    assert "Phiếu của đồng chí" not in seen(enter(cast.teller).get(url("ballot", ballot)))
    session.close()
    assert "Phiếu của đồng chí đã được bỏ" in seen(enter(cast.secretary).get(url("ballot", ballot)))


def masked(answer) -> str:
    """A page without what differs from one answer to the next: tokens, keys, ids of hints."""
    text = re.sub(r'value="[\w-]{30,}"', "", answer.content.decode())
    return re.sub(r"why-\w{8}", "", text)


@pytest.mark.parametrize("role", ["chair", "member", "teller", "officer"])
def test_until_the_box_is_opened_no_page_differs_by_what_was_chosen(cast, enter, session, role):
    ballot, client = session.open(), enter(cast.roles[role])
    addresses = [url("ballot", ballot), session.sitting.get_absolute_url(), reverse("portal:home")]
    pages = []
    for papers in ([[1, 2]] * 5, [[3]] * 4 + [[]], [[4, 1]] * 5):
        with transaction.atomic():
            session.vote("collective", papers)
            told = [masked(client.get(address)) for address in addresses]
            pages.append(told)
            transaction.set_rollback(True)
    assert pages[0] == pages[1] == pages[2]
    assert "5" in pages[0][0]  # five have voted: that much is told


def test_the_counted_page_closes_its_sums(cast, enter, session):
    ballot = session.hold("collective", [[1, 2]] * 9 + [[1]] * 3 + [[]] * 2)
    for role in ("officer", "member"):
        answer = enter(cast.roles[role]).get(url("ballot", ballot))
        sums = answer.context["sums"]
        assert (sums.members, sums.present, sums.absent, sums.recused) == (15, 15, 0, 0)
        assert (sums.issued, sums.returned, sums.kept, sums.valid, sums.invalid, sums.blank) == (15, 14, 1, 12, 2, 2)
        assert sums.issued == sums.returned + sums.kept
        assert sums.returned == sums.valid + sums.invalid
        lines = answer.context["lines"]
        assert [(line.number, line.votes, line.share, line.place) for line in lines] == [
            (1, 12, "80,0%", 1), (2, 9, "60,0%", 2), (3, 0, "0,0%", 3), (4, 0, "0,0%", 3),
        ]  # fmt: skip
        papers = [(same.marks, same.number, same.verdict) for same in answer.context["papers"]]
        assert papers == [("–", 2, "phiếu trắng"), ("1", 3, "hợp lệ"), ("1, 2", 9, "hợp lệ")]
        assert "Được chọn" in seen(answer)


def test_where_the_recused_are_taken_out_both_shares_are_shown(cast, enter, session):
    Ballot.objects.update(base=Ballot.Base.WITHOUT_RECUSED)
    nominee = cast.congress.nominations.listed("collective").first()
    for member in session.members[4:7]:
        actions.declare_conflict(actor=member, nomination=nominee, reason="Cùng phòng")
    ballot = session.hold("collective", [[1]] * 9)
    line = enter(cast.chair).get(url("ballot", ballot)).context["lines"][0]
    assert (line.share, line.share_of_base) == ("60,0%", "75,0%")


@pytest.mark.parametrize(
    ("state", "acts", "words"),
    [
        ("tied", {"call_round"}, "bỏ phiếu lại giữa các đề cử"),
        ("tied again", {"decide_tie"}, "Bỏ phiếu lại vẫn bằng phiếu"),
        ("too few", {"call_round", "leave_empty"}, "thêm một vòng"),
        ("still too few", {"leave_empty"}, "để trống"),
        ("decided", set(), "Kiểm phiếu lúc"),
    ],
)
def test_the_next_step_is_named_with_its_button(cast, enter, session, state, acts, words):
    ballot = bring_to(session, state)
    page = enter(cast.chair).get(url("ballot", ballot))
    assert words in seen(page)
    offered = {name for name in ("call_round", "decide_tie", "leave_empty") if url(name, ballot) in page.text}
    assert offered == acts
    for name in acts:
        assert url(name, ballot) not in enter(cast.member).get(url("ballot", ballot)).text


def test_a_round_is_called_at_a_button_and_the_old_one_leads_there(cast, enter, session):
    client = enter(cast.chair)
    first = session.hold("collective", TIED)
    text = seen(client.get(url("ballot", first)))
    names = [str(one) for one in first.candidates.all()]
    assert f"{names[1]}; {names[2]}" in text
    answer = client.post(url("call_round", first), {"once": uuid.uuid4()})
    again = session.ballot()
    assert (again.round, answer.headers["Location"]) == (2, url("ballot", again))
    assert url("ballot", again) in client.get(url("ballot", first)).text
    text = seen(client.get(url("ballot", again)))
    assert names[1] in text
    assert names[0] not in text


@pytest.mark.parametrize("role", ["chair", "member", "officer"])
def test_a_page_costs_the_same_at_three_candidates_and_at_twelve(cast, enter, role, django_assert_max_num_queries):
    session, client = in_session(cast, lists=(3, 12)), enter(cast.roles[role])
    costs = []
    for kind in ("collective", "individual"):
        asked = []
        for step in (
            session.ballot,
            session.open,
            lambda of: session.vote(of, [[1, 2]] * 15),
            session.close,
            session.count,
        ):
            step(kind)
            address = url("ballot", session.ballot(kind))
            client.get(address)
            with django_assert_max_num_queries(24) as captured:
                client.get(address)
            asked.append(len(captured.captured_queries))
        costs.append(asked)
    assert costs[0] == costs[1], costs


# ---- The paper ----


@pytest.fixture
def voting(cast, enter, session) -> Client:
    """A member's browser, while the vote is open."""
    session.open()
    return enter(cast.member)


def marked(answer) -> list[int]:
    return [mark.number for mark in answer.context["marks"] if mark.picked]


def sent(answer) -> dict[str, list[str]]:
    """What the form of a page would send: its hidden fields."""
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', answer.text):
        if name != "csrfmiddlewaretoken":
            fields.setdefault(name, []).append(value)
    return fields


def test_a_vote_in_two_steps(cast, session, voting):
    address = url("vote", session.ballot())
    paper = voting.get(address)
    assert "Chọn 02 báo cáo điển hình tập thể" in paper.text
    assert 'data-picks="2"' in paper.text
    assert paper.text.count('class="pick"') == 4
    check = voting.post(address, {"picked": ["02", "04"]})
    assert check.status_code == 200
    assert marked(check) == [2, 4]
    assert not RollEntry.objects.filter(voted=True).exists()
    form = sent(check)
    assert form["picked"] == ["02", "04"]
    answer = voting.post(address, form | {"cast": "1"})
    assert answer.headers["Location"] == url("ballot", session.ballot())
    assert RollEntry.objects.get(user=cast.member).voted
    page = voting.get(url("ballot", session.ballot()))
    assert "Phiếu của đồng chí đã được bỏ" in seen(page)
    session.close()
    assert session.count().papers == [[2, 4]]
    assert faults(cast.congress) == []


def test_no_page_of_the_vote_is_kept_by_the_browser_or_differs_in_length(session, voting):
    address = url("vote", session.ballot())
    every = [voting.get(address, headers={"accept-encoding": "gzip"})]
    for picks in ([], ["01"], ["01", "03"], ["01", "02", "03"], ["99"]):
        every.append(voting.post(address, {"picked": picks}, headers={"accept-encoding": "gzip"}))
        every.append(voting.post(address, {"picked": picks, "change": "1"}))
    for answer in every:
        assert "no-store" in answer.headers["Cache-Control"]
        assert "Content-Encoding" not in answer.headers
    assert len({len(answer.content) for answer in every}) == 1


def test_too_many_choices_come_back_as_they_were_made(session, voting):
    address = url("vote", session.ballot())
    for extra in ({}, {"cast": "1", "once": str(uuid.uuid4())}):
        page = voting.post(address, {"picked": ["01", "03", "04"], **extra})
        assert page.status_code == 200
        assert marked(page) == [1, 3, 4]
        assert "Đồng chí đã chọn 3" in seen(page)
        assert page.text.index("error-summary") < page.text.index("<h1>")
        assert 'href="#id_picked"' in page.text
        assert "Lỗi:" in re.search(r"<title>(.*?)</title>", page.text, re.DOTALL)[1]
    assert not SealedPaper.objects.exists()


@pytest.mark.parametrize("picks", [["05"], ["0"], ["-1"], ["x"], ["01", "77"], ["01' OR 1=1"]])
def test_a_choice_that_is_not_on_the_paper_is_told(session, voting, picks):
    page = voting.post(url("vote", session.ballot()), {"picked": picks, "cast": "1", "once": str(uuid.uuid4())})
    assert page.status_code == 200
    assert page.context["form"].errors["picked"]
    assert not SealedPaper.objects.exists()


def test_the_paper_may_be_changed_before_it_is_cast(session, voting):
    address = url("vote", session.ballot())
    form = sent(voting.post(address, {"picked": ["02", "04"]}))
    paper = voting.post(address, form | {"change": "1"})
    assert 'class="pick"' in paper.text
    assert marked(paper) == [2, 4]
    assert "error-summary" not in paper.text
    assert not SealedPaper.objects.exists()


def test_a_blank_paper_is_cast_when_it_is_meant_to_be_blank(cast, session, voting):
    address = url("vote", session.ballot())
    check = voting.post(address, {})
    assert "Phiếu trắng" in seen(check)
    form = sent(check)
    page = voting.post(address, form | {"cast": "1"})
    assert page.status_code == 200
    assert page.context["form"].errors["blank"]
    assert 'href="#id_blank"' in page.text
    assert sent(page)["once"] == form["once"]  # the key of the paper stays
    assert not SealedPaper.objects.exists()
    assert voting.post(address, form | {"cast": "1", "blank": "on"}).status_code == 302
    session.close()
    assert session.count().blank == 1
    assert faults(cast.congress) == []


def test_sent_twice_it_is_cast_once_and_both_times_answered(session, voting):
    address = url("vote", session.ballot())
    form = sent(voting.post(address, {"picked": ["01"]})) | {"cast": "1"}
    first, second = voting.post(address, form), voting.post(address, form)
    assert first.headers["Location"] == second.headers["Location"]
    assert SealedPaper.objects.count() == 1
    assert voting.get(address).status_code == 409
    assert voting.post(address, {"picked": ["02"]}).status_code == 409
    other = voting.post(address, form | {"once": str(uuid.uuid4())})
    assert other.status_code == 409
    assert "đã bỏ phiếu" in seen(other)
    assert SealedPaper.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x", "0"])
def test_without_its_key_a_paper_is_not_taken(session, voting, key):
    answer = voting.post(url("vote", session.ballot()), {"picked": ["01"], "cast": "1", "once": key})
    assert answer.status_code == 409
    assert not SealedPaper.objects.exists()


def test_what_is_chosen_shows_in_no_report_of_a_fault(session, voting):
    answer = voting.post(url("vote", session.ballot()), {"picked": ["01"]})
    assert answer.wsgi_request.sensitive_post_parameters == "__ALL__"


def test_the_paper_speaks_english_too(cast, session, voting):
    cast.member.language = "en"
    cast.member.save()
    assert "Choose 2 showcase reports of collectives" in voting.get(url("vote", session.ballot())).text


# ---- The count ----


@pytest.fixture
def closed(session) -> Ballot:
    session.open()
    session.vote("collective", [[1, 2]] * 12 + [[1, 3]] * 3)
    return session.close()


def codes_of(session: Session) -> tuple[list[Teller], list[str]]:
    tellers = list(Teller.objects.filter(sitting=session.sitting).select_related("user"))
    return tellers, [session.codes[teller.user_id] for teller in tellers]


def count_form(tellers, own: str, other: str, **more) -> dict:
    return {"own_code": own, "other": tellers[1].pk, "other_code": other, "once": str(uuid.uuid4())} | more


def test_two_tellers_open_the_box(cast, enter, session, closed):
    tellers, codes = codes_of(session)
    client = enter(cast.teller)
    page = client.get(url("count", closed))
    assert page.text.count('autocomplete="off"') >= 2
    assert str(tellers[1]) in page.text
    assert "no-store" in page.headers["Cache-Control"]
    form = count_form(tellers, codes[0].lower().replace("-", " "), f" {codes[1]} ")
    for _twice in range(2):
        assert client.post(url("count", closed), form).headers["Location"] == url("ballot", closed)
    closed.refresh_from_db()
    assert (closed.state, closed.returned) == (State.COUNTED, 15)
    assert AuditEntry.objects.filter(verb="ballot.counted").count() == 1
    assert faults(cast.congress) == []


@pytest.mark.parametrize(
    ("spoil", "field", "words"),
    [
        (lambda own, other, third: (own[:-1] + ("A" if own[-1] != "A" else "B"), other), "own_code", "gõ chưa đúng"),
        (lambda own, other, third: ("", other), "own_code", ""),
        (lambda own, other, third: (other, own), "own_code", "không phải mã của Đỗ Hữu Phước"),
        (lambda own, other, third: (own, third), "other_code", "không phải mã của"),
        (lambda own, other, third: (own, new_code()), "other_code", "không phải mã của"),
        (lambda own, other, third: (own, "không phải mã"), "other_code", "gõ chưa đúng"),
    ],
)
def test_a_wrong_code_is_told_and_never_shown_again(cast, enter, session, closed, spoil, field, words):
    tellers, codes = codes_of(session)
    own, other = spoil(*codes)
    page = enter(cast.teller).post(url("count", closed), count_form(tellers, own, other))
    assert page.status_code == 200
    assert words in page.context["form"].errors[field][0]
    assert f'href="#id_{field}"' in page.text
    assert re.search(rf'value="{tellers[1].pk}"[^>]*checked', page.text)  # who was chosen is kept
    for code in (own, other):
        assert not code or code not in page.text
    assert page.wsgi_request.sensitive_post_parameters == "__ALL__"
    closed.refresh_from_db()
    assert closed.state == State.CLOSED


def test_codes_that_are_right_but_open_another_box_are_told(cast, enter, session, closed):
    shares = [share.sealed for share in closed.key_shares.order_by("pk")]
    for share, sealed in zip(closed.key_shares.order_by("pk"), shares[1:] + shares[:1], strict=True):
        share.sealed = sealed
        share.save()
    tellers, codes = codes_of(session)
    page = enter(cast.teller).post(url("count", closed), count_form(tellers, codes[0], codes[1]))
    assert page.status_code == 200
    assert page.context["form"].non_field_errors()


def test_a_box_that_differs_from_the_roll_gets_a_page_that_says_what_to_do(cast, enter, session, closed):
    closed.box.first().delete()
    tellers, codes = codes_of(session)
    page = enter(cast.teller).post(url("count", closed), count_form(tellers, codes[0], codes[1]))
    assert page.status_code == 409
    assert "14" in seen(page)
    assert "15" in seen(page)
    form = {"reason": "Hòm phiếu không khớp", "once": str(uuid.uuid4())}
    answer = enter(cast.chair).post(url("void", closed), form)
    again = session.ballot()
    assert answer.headers["Location"] == url("ballot", again)
    old = enter(cast.member).get(url("ballot", closed))
    assert "Hòm phiếu không khớp" in old.text
    assert url("ballot", again) in old.text
    assert faults(cast.congress) == []


# ---- Small forms ----


def rule_form(ballot: Ballot, **changes) -> dict:
    return {"version": ballot.version, "threshold": "50", "base": "all"} | changes


@pytest.mark.parametrize("typed", ["66,67", " 66,67 "])
def test_the_rule_is_set(cast, enter, session, typed):
    ballot = session.ballot()
    answer = enter(cast.secretary).post(url("rule", ballot), rule_form(ballot, threshold=typed, base="without_recused"))
    assert answer.headers["Location"] == url("ballot", ballot)
    ballot.refresh_from_db()
    assert (ballot.threshold, ballot.base) == (Decimal("66.67"), "without_recused")
    assert "hơn 66,67 %" in seen(enter(cast.member).get(url("ballot", ballot)))


@pytest.mark.parametrize("typed", ["", "100", "-1", "nửa", "99,999", "1e3"])
def test_a_rule_that_is_none_is_told_and_kept(cast, enter, session, typed):
    ballot = session.ballot()
    page = enter(cast.secretary).post(url("rule", ballot), rule_form(ballot, threshold=typed, base="without_recused"))
    assert page.status_code == 200
    assert page.context["form"].errors["threshold"]
    assert f'value="{typed}"' in page.text or not typed
    assert re.search(r'value="without_recused"[^>]*checked', page.text)
    ballot.refresh_from_db()
    assert (ballot.threshold, ballot.version) == (Decimal(50), 1)


def test_the_same_rule_once_more_is_no_change(cast, enter, session):
    ballot = session.ballot()
    enter(cast.officer).post(url("rule", ballot), rule_form(ballot))
    assert not AuditEntry.objects.filter(verb="ballot.rule_set").exists()


def test_the_second_of_two_who_set_the_rule_sees_both(cast, enter, session):
    ballot = session.ballot()
    enter(cast.officer).post(url("rule", ballot), rule_form(ballot, threshold="60"))
    page = enter(cast.secretary).post(url("rule", ballot), rule_form(ballot, threshold="70"))
    assert page.status_code == 409
    assert "60" in page.text
    assert "70" in page.text


@pytest.mark.parametrize(
    ("name", "state"), [("void", "open"), ("leave_empty", "too few"), ("decide_tie", "tied again")]
)
def test_a_decision_needs_its_reason(cast, enter, session, name, state):
    ballot = bring_to(session, state)
    page = enter(cast.chair).post(url(name, ballot), {"reason": "  ", "once": str(uuid.uuid4())})
    assert page.status_code == 200
    assert page.context["form"].errors["reason"]
    assert 'href="#id_reason"' in page.text
    assert session.ballot().pk == ballot.pk


def test_a_place_is_left_empty_and_the_page_says_why(cast, enter, session):
    ballot = session.hold("collective", TOO_FEW)
    form = {"reason": "Không đủ phiếu", "once": str(uuid.uuid4())}
    for _twice in range(2):
        assert enter(cast.chair).post(url("leave_empty", ballot), form).status_code == 302
    assert "Không đủ phiếu" in seen(enter(cast.member).get(url("ballot", ballot)))
    assert AuditEntry.objects.filter(verb="ballot.left_empty").count() == 1
    assert faults(cast.congress) == []


def test_the_chair_decides_a_tie(cast, enter, session):
    actions.call_round(actor=cast.chair, ballot=session.hold("collective", TIED))
    ballot, client = session.hold("collective", TIED_AGAIN), enter(cast.chair)
    tied = [one.pk for one in ballot.candidates.all()]
    form = {"reason": "Làm lâu năm hơn", "once": str(uuid.uuid4())}
    for chosen in ([], tied, [999_999]):
        page = client.post(url("decide_tie", ballot), form | {"chosen": chosen})
        assert page.status_code == 200
        assert page.context["form"].errors["chosen"]
        assert "Làm lâu năm hơn" in page.text
    assert client.post(url("decide_tie", ballot), form | {"chosen": [tied[1]]}).status_code == 302
    page = seen(client.get(url("ballot", ballot)))
    assert "Làm lâu năm hơn" in page
    assert faults(cast.congress) == []
