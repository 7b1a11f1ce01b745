"""A dossier written subject by subject: forms, drafts that save themselves, conflicts, the table of awards."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from awards import actions
from awards.dossier import TEXT_LIMIT, sections
from awards.models import Nomination
from core.models import AuditEntry
from tests import factories as make
from tests.awards.scenes import FULL, TEXTS, make_award, make_nomination
from tests.awards.test_nomination_moves import people
from tests.sheet import fill_in, form_of

pytestmark = pytest.mark.django_db
State = Nomination.State
AWARDS = "awards-{}-{}".format


def at(nomination: Nomination, key: str) -> str:
    return reverse("awards:section", args=["2020", nomination.pk, key])


def write(client, nomination: Nomination, key: str, **values):
    return fill_in(client, at(nomination, key), "version", **values)


def save_by_itself(client, nomination: Nomination, key: str, **values):
    return write(client, nomination, key, autosave="1", **values)


def anew(nomination: Nomination) -> Nomination:
    return Nomination.objects.get(pk=nomination.pk)


@pytest.fixture
def head(cast, enter):
    return enter(cast.unit_head)


@pytest.fixture
def draft(cast) -> Nomination:
    return make_nomination(cast.congress, cast.unit)


# ---- One subject a page ----


@pytest.mark.parametrize("kind", ["collective", "individual"])
def test_a_page_holds_the_fields_of_its_subject_alone(cast, head, kind):
    nomination = make_nomination(cast.congress, cast.unit, kind)
    for subject in sections(kind):
        held = {name for name in form_of(head.get(at(nomination, subject.key)), "version") if "-" not in name}
        missing = {"no_awards"} & set(subject.fields) if not nomination.no_awards else set()
        assert held - {"csrfmiddlewaretoken", "version"} == set(subject.fields) - missing, subject.key


@pytest.mark.parametrize("kind", ["collective", "individual"])
def test_only_what_may_stay_empty_says_so(cast, head, kind):
    nomination = make_nomination(cast.congress, cast.unit, kind)
    for subject in sections(kind):
        form = head.get(at(nomination, subject.key)).context["form"]
        assert {name for name, field in form.fields.items() if field.needed} == set(subject.needed)
    model = head.get(at(nomination, "model")).content.decode()
    assert "không bắt buộc" not in model
    assert "không bắt buộc" in head.get(at(nomination, "about")).content.decode()


@pytest.mark.parametrize("kind", ["collective", "individual"])
def test_a_whole_dossier_is_written_from_subject_to_subject(cast, head, kind):
    nomination = actions.start(
        actor=cast.unit_head, congress=cast.congress, unit=cast.unit, kind=kind, nominee="Tên tạm"
    )
    values = {**FULL[kind], **TEXTS, "nominee": "Tên mới", "no_awards": "on", "reviewed_on": "20/04/2020"}
    url = at(nomination, "about")
    for subject in sections(kind):
        assert url == at(nomination, subject.key)
        wanted = {name: str(values[name]) for name in subject.fields if name in values}
        url = fill_in(head, url, "version", **wanted).headers["Location"]
    assert url == reverse("awards:check", args=["2020", nomination.pk])
    saved = anew(nomination)
    assert (saved.nominee, saved.reviewed_on, saved.no_awards) == ("Tên mới", date(2020, 4, 20), True)
    assert AuditEntry.objects.filter(verb="nomination.edited").count() == 7


def test_an_incomplete_subject_is_saved_and_says_what_is_missing(head, draft):
    sent = form_of(head.get(at(draft, "model")), "version") | {"results": ""}
    answer = head.post(at(draft, "model"), sent, follow=True)
    assert anew(draft).results == ""
    assert "Còn thiếu: Kết quả đo được" in answer.content.decode()


def test_a_draft_leads_back_to_the_dossier(head, draft):
    answer = write(head, draft, "model", results="mới", draft="1")
    assert answer.headers["Location"] == draft.get_absolute_url()
    assert anew(draft).results == "mới"


def test_after_a_subject_comes_the_next_open_one(cast, head):
    nomination = make_nomination(cast.congress, cast.unit, profile="", presenter="")
    assert write(head, nomination, "model").headers["Location"] == at(nomination, "presenter")
    assert write(head, nomination, "presenter", presenter="x").headers["Location"] == at(nomination, "profile")
    assert write(head, nomination, "profile").headers["Location"].endswith("/check/")


@pytest.mark.parametrize(
    ("kind", "key", "wrong", "field"),
    [
        ("collective", "about", {"nominee": " "}, "nominee"),
        ("collective", "about", {"nominee": "x" * 251}, "nominee"),
        ("collective", "about", {"members": "hai mươi"}, "members"),
        ("collective", "about", {"members": "0"}, "members"),
        ("collective", "about", {"members": "5", "women": "6"}, "women"),
        ("collective", "about", {"phone": "không có"}, "phone"),
        ("individual", "about", {"birth": "31/02/1980"}, "birth"),
        ("individual", "about", {"birth": "năm 80"}, "birth"),
        ("individual", "about", {"birth": "2999"}, "birth"),
        ("individual", "about", {"sex": "x"}, "sex"),
        ("collective", "profile", {"profile": "x" * (TEXT_LIMIT + 1)}, "profile"),
        ("collective", "review", {"reviewed_on": "31/02/2020"}, "reviewed_on"),
        ("collective", "review", {"reviewed_on": "01/01/2999"}, "reviewed_on"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(cast, head, kind, key, wrong, field):
    nomination = make_nomination(cast.congress, cast.unit, kind)
    good = {"about": "nominee", "profile": "duties", "review": "review"}[key]
    typed = {good: "Chữ đang gõ dở"} | wrong
    answer = write(head, nomination, key, **typed)
    text = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {field}
    assert f'href="#id_{field}"' in text or field == "sex"
    assert "Lỗi:" in text
    for value in typed.values():
        assert value.strip() in text
    assert anew(nomination).version == 1


@pytest.mark.parametrize("typed", ["5/9/1980", "05-09-1980", " 05.09.1980 ", "1980-09-05"])
def test_dates_are_read_as_people_write_them(cast, head, typed):
    nomination = make_nomination(cast.congress, cast.unit, "individual")
    write(head, nomination, "about", birth=typed)
    assert str(anew(nomination).birth) == "05/09/1980"


def test_a_number_is_read_as_people_write_it(head, draft):
    write(head, draft, "about", members="1.320")
    assert anew(draft).members == 1320
    assert form_of(head.get(at(draft, "about")), "version")["members"] == "1.320"
    assert 'type="number"' not in head.get(at(draft, "about")).content.decode()


def test_text_is_cleaned_and_stays_text(cast, head, draft):
    write(
        head,
        draft,
        "model",
        model_name="  Phòng\u00a0thi\u0301   nghiệm ",
        results="<script>alert(1)</script>{{ 7*7 }}",
    )
    assert anew(draft).model_name == "Phòng thí nghiệm"
    for url in (draft.get_absolute_url(), at(draft, "model"), reverse("awards:check", args=["2020", draft.pk])):
        text = head.get(url).content.decode()
        assert "<script>alert" not in text
        assert "{{ 7*7 }}" in text or url == draft.get_absolute_url()  # the page of a draft holds no texts


@pytest.mark.parametrize("key", ["nothing", "state", "pending"])
def test_a_subject_that_there_is_not_is_not_found(head, draft, key):
    assert head.get(at(draft, key)).status_code == 404


def test_no_other_field_can_be_smuggled_in(head, draft):
    write(head, draft, "model", results="mới", state="selected", number="7", pending_issue="False", presenter="Tôi")
    saved = anew(draft)
    assert (saved.results, saved.state, saved.number, saved.pending_issue) == ("mới", State.DRAFT, None, None)
    assert saved.presenter == TEXTS["presenter"]


# ---- Who writes ----


@pytest.mark.parametrize("state", list(State))
def test_who_writes_in_which_state(cast, enter, state):
    writers = {State.DRAFT: {"unit_head", "clerk"}, State.RETURNED: {"unit_head", "clerk"}}
    writers[State.WITH_HEAD] = {"unit_head"}
    nomination = make_nomination(cast.congress, cast.unit, state=state)
    for role, user in people(cast).items():
        client, may = enter(user), role in writers.get(state, set())
        sees = Nomination.objects.visible_to(user).filter(pk=nomination.pk).exists()
        version = anew(nomination).version
        sent = {"version": version, **{name: TEXTS[name] for name in ("model_name", "context", "lessons")}}
        got = client.get(at(nomination, "model")).status_code
        done = client.post(at(nomination, "model"), sent | {"results": role}).status_code
        drafted = client.post(at(nomination, "model"), sent | {"results": f"{role} nháp", "autosave": "1"}).status_code
        if may:
            assert (got, done, drafted) == (200, 302, 409), role  # the second of the two is stale
            assert anew(nomination).results == role
        else:
            refusal = {403, 409} if sees else {404}
            assert {got, done, drafted} <= refusal, role
            assert anew(nomination).version == version


def test_another_units_dossier_is_not_found(cast, enter):
    nomination = make_nomination(cast.congress, cast.far_unit)
    for client in (enter(cast.unit_head), enter(cast.unit_clerk), enter(cast.block_head)):
        for url in (at(nomination, "model"), reverse("awards:check", args=["2020", nomination.pk])):
            assert client.get(url).status_code == 404
            assert client.post(at(nomination, "model"), {"version": 1, "results": "x"}).status_code == 404


# ---- Drafts save themselves ----


def test_a_draft_saves_itself(head, draft):
    answer = save_by_itself(head, draft, "model", results="đang viết")
    saved = anew(draft)
    assert answer.json()["version"] == saved.version == 2
    assert re.search(r"^Đã lưu lúc \d\d:\d\d$", answer.json()["text"])
    assert saved.results == "đang viết"


def test_a_draft_saves_itself_though_it_is_incomplete(head, draft):
    assert save_by_itself(head, draft, "model", results="", lessons="").status_code == 200
    assert (anew(draft).results, anew(draft).lessons) == ("", "")


def test_what_is_wrong_is_left_out_and_named_and_the_rest_is_saved(head, draft):
    answer = save_by_itself(head, draft, "about", members="nhiều", women="3", address="Số 9 Phố Mới")
    saved = anew(draft)
    assert (saved.address, saved.women, saved.members) == ("Số 9 Phố Mới", 3, 24)
    assert answer.json()["version"] == saved.version
    assert "Chưa lưu: Số người" in answer.json()["text"]


def test_a_nominee_is_never_left_without_a_name(head, draft):
    before = draft.nominee
    answer = save_by_itself(head, draft, "about", nominee="", address="Số 9 Phố Mới")
    assert (anew(draft).nominee, anew(draft).address) == (before, "Số 9 Phố Mới")
    assert "Chưa lưu" in answer.json()["text"]


def test_a_stale_draft_is_not_saved_and_the_page_is_told(cast, head, draft):
    sent = form_of(head.get(at(draft, "model")), "version")
    write(head, draft, "model", results="của người kia")
    answer = head.post(at(draft, "model"), sent | {"results": "của tôi", "autosave": "1"})
    assert answer.status_code == 409
    assert "người khác đã sửa" in answer.json()["text"]
    assert "version" not in answer.json()
    assert anew(draft).results == "của người kia"


def test_a_draft_that_was_submitted_meanwhile_says_so(cast, head, draft):
    sent = form_of(head.get(at(draft, "model")), "version")
    Nomination.objects.filter(pk=draft.pk).update(state=State.SUBMITTED, number=1, first_submitted_at=draft.saved_at)
    answer = head.post(at(draft, "model"), sent | {"results": "muộn", "autosave": "1"})
    assert answer.status_code == 409
    assert "Đã nộp" in answer.json()["text"]


# ---- Two people at once ----


def test_the_second_of_two_sees_both_texts_and_may_go_on(cast, enter, head, draft):
    clerk = enter(people(cast)["clerk"])
    mine = form_of(clerk.get(at(draft, "model")), "version") | {"results": "Chữ của tôi\ndòng hai", "draft": "1"}
    write(head, draft, "model", results="Chữ của người kia")
    page = clerk.post(at(draft, "model"), mine)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Chữ của người kia" in text
    assert "Chữ của tôi" in text
    assert anew(draft).results == "Chữ của người kia"
    again = form_of(page, "results")
    assert clerk.post(at(draft, "model"), again).headers["Location"] == draft.get_absolute_url()
    assert anew(draft).results == "Chữ của tôi\ndòng hai"


def test_the_conflict_shows_both_lists_of_awards(cast, head, draft):
    Nomination.objects.filter(pk=draft.pk).update(no_awards=False)
    flag, medal = make.make_award_type(name_vi="Cờ thi đua"), make.make_award_type(name_vi="Huân chương")
    make_award(draft, award=flag, decision_number="01/QĐ")
    mine = form_of(head.get(at(draft, "awards")), "version") | row(1, award=medal.pk, year="2019")
    write(head, draft, "awards", **row(0, award=flag.pk, year="2017", decision_number="02/QĐ"))
    page = head.post(at(draft, "awards"), mine)
    text = page.content.decode()
    assert page.status_code == 409
    assert "2017 · Cờ thi đua · 02/QĐ" in text
    assert "2019 · Huân chương" in text
    assert "01/QĐ" in text
    head.post(at(draft, "awards"), form_of(page, "awards-0-year"))
    assert set(draft.awards.values_list("year", "decision_number")) == {(2018, "01/QĐ"), (2019, "")}


# ---- Awards held ----


def row(number: int, **values) -> dict[str, str]:
    """A line of the table of awards as it is sent."""
    return {AWARDS(number, name): value for name, value in values.items()}


@pytest.fixture
def bare(draft) -> Nomination:
    """A dossier that lists no award and does not say that there is none."""
    Nomination.objects.filter(pk=draft.pk).update(no_awards=False)
    return draft


def test_lines_are_saved_added_and_deleted_without_a_script(head, bare):
    flag, medal = make.make_award_type(), make.make_award_type()
    sent = form_of(head.get(at(bare, "awards")), "version")
    assert sent["awards-TOTAL_FORMS"] == "1"
    first = row(0, award=flag.pk, year="2018", decision_number="12/QĐ", decision_date="20/12/2018", issuer="Bộ")
    more = head.post(at(bare, "awards"), sent | first | {"add-row": "1"})
    assert more.headers["Location"].startswith(at(bare, "awards"))
    assert bare.awards.get().decision_date == date(2018, 12, 20)  # what was typed is saved on the way
    url = more.headers["Location"].split("#")[0]
    assert form_of(head.get(url), "version")["awards-TOTAL_FORMS"] == "2"
    fill_in(head, url, "version", **row(1, award=medal.pk, year="2019"))
    assert [award.proven for award in bare.awards.order_by("year")] == [True, False]
    write(head, bare, "awards", **{AWARDS(0, "DELETE"): "on"})
    assert bare.awards.count() == 1


def test_an_empty_page_offers_more_lines_when_asked(head, bare):
    url = at(bare, "awards")
    for expected in ("2", "3"):
        answer = fill_in(head, url, "version", **{"add-row": "1"})
        url = answer.headers["Location"].split("#")[0]
        assert form_of(head.get(url), "version")["awards-TOTAL_FORMS"] == expected
    assert form_of(head.get(f"{at(bare, 'awards')}?lines=99999"), "version")["awards-TOTAL_FORMS"] == "10"


def test_one_more_line_keeps_what_is_wrong(head, bare):
    answer = write(head, bare, "awards", **row(0, year="hai nghìn", decision_number="12/QĐ"), **{"add-row": "1"})
    sent = form_of(answer, "version")
    assert answer.status_code == 200
    assert (sent[AWARDS(0, "year")], sent[AWARDS(0, "decision_number")]) == ("hai nghìn", "12/QĐ")
    assert sent["awards-TOTAL_FORMS"] == "2"
    assert not bare.awards.exists()


def wrong_lines() -> list:
    return [
        ({"year": ""}, "year"),
        ({"year": "1900"}, "year"),
        ({"year": "2999"}, "year"),
        ({"award": ""}, "award"),
        ({"award": "999999"}, "award"),
        ({"decision_date": "31/02/2018"}, "decision_date"),
        ({"decision_date": "01/01/2999"}, "decision_date"),
        ({"decision_date": "01/12/2016"}, "decision_date"),
        ({"decision_number": "x" * 61}, "decision_number"),
    ]


@pytest.mark.parametrize(("wrong", "field"), wrong_lines())
def test_a_wrong_line_is_named_at_its_field(head, bare, wrong, field):
    good = {"award": make.make_award_type().pk, "year": "2018", "issuer": "Bộ Khoa học"}
    answer = write(head, bare, "awards", **row(0, **good | wrong))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {AWARDS(0, field)}
    assert f'href="#id_{AWARDS(0, field)}"' in text
    assert "Bộ Khoa học" in text
    assert not bare.awards.exists()


@pytest.mark.parametrize(
    ("dates", "year", "day", "fits"),
    [
        ({"valid_from": date(2024, 1, 1)}, "2018", "", False),
        ({"valid_to": date(2015, 12, 31)}, "2018", "", False),
        ({"valid_to": date(2015, 12, 31)}, "2015", "", True),
        ({"valid_from": date(2018, 6, 1)}, "2018", "20/12/2018", True),
        ({"valid_from": date(2018, 1, 1)}, "2017", "15/02/2018", True),  # of the year before, under its new name
        ({}, "1999", "", True),
    ],
)
def test_an_award_fits_its_time(head, bare, dates, year, day, fits):
    award = make.make_award_type(**dates)
    write(head, bare, "awards", **row(0, award=award.pk, year=year, decision_date=day))
    assert bare.awards.exists() == fits


@pytest.mark.parametrize("kind", ["collective", "individual"])
def test_only_awards_of_the_nominees_kind_are_offered(cast, head, kind):
    nomination = make_nomination(cast.congress, cast.unit, kind, no_awards=False)
    made = {given_to: make.make_award_type(given_to=given_to) for given_to in ("collective", "individual", "both")}
    other = "individual" if kind == "collective" else "collective"
    text = head.get(at(nomination, "awards")).content.decode()
    assert made[kind].name_vi in text
    assert made["both"].name_vi in text
    assert made[other].name_vi not in text
    write(head, nomination, "awards", **row(0, award=made[other].pk, year="2018"))
    assert not nomination.awards.exists()


def test_the_same_award_stands_once(head, bare):
    award = make.make_award_type().pk
    url = at(bare, "awards") + "?lines=2"
    both = row(0, award=award, year="2018") | row(1, award=award, year="2018")
    assert AWARDS(1, "award") in fill_in(head, url, "version", **both).context["form"].errors
    fill_in(head, url, "version", **both | row(1, award=award, year="2017"))
    assert bare.awards.count() == 2


def test_awards_and_that_there_are_none_exclude_each_other(head, bare):
    award = make.make_award_type().pk
    answer = write(head, bare, "awards", no_awards="on", **row(0, award=award, year="2018"))
    assert set(answer.context["form"].errors) == {"no_awards"}
    write(head, bare, "awards", no_awards="on")
    assert anew(bare).no_awards


def test_a_form_that_lost_its_lines_on_the_way_deletes_nothing(head, bare):
    make_award(bare)
    for sent in ({"version": 1}, {"version": 1, "awards-TOTAL_FORMS": "x", "awards-INITIAL_FORMS": "0"}):
        head.post(at(bare, "awards"), sent)
        head.post(at(bare, "awards"), sent | {"autosave": "1", "version": anew(bare).version})
    assert bare.awards.count() == 1


def test_a_line_being_written_throws_away_nothing_that_was_saved(head, bare):
    flag, medal, cup = (make.make_award_type() for _ in range(3))
    make_award(bare, award=flag, decision_number="01/QĐ")
    make_award(bare, award=medal, year=2017, decision_number="02/QĐ")
    url = at(bare, "awards") + "?lines=2"
    sent = form_of(head.get(url), "version") | {"autosave": "1"}
    typed = row(1, award=medal.pk, year="", decision_number="03/QĐ") | row(2, award=cup.pk, year="2016")
    answer = head.post(url, sent | typed)
    held = set(bare.awards.values_list("award", "year", "decision_number"))
    assert held == {(flag.pk, 2018, "01/QĐ"), (medal.pk, 2017, "02/QĐ"), (cup.pk, 2016, "")}
    assert "Chưa lưu: Dòng 2, Năm" in answer.json()["text"]
    done = typed | row(1, award=medal.pk, year="2017", decision_number="03/QĐ")
    head.post(url, sent | done | {"version": answer.json()["version"]})
    assert set(bare.awards.values_list("decision_number", flat=True)) == {"01/QĐ", "03/QĐ", ""}


def test_the_page_of_awards_costs_the_same_at_one_line_and_at_many(head, bare, django_assert_max_num_queries):
    make_award(bare)
    with django_assert_max_num_queries(16) as few:
        head.get(at(bare, "awards"))
    for _ in range(6):
        make_award(bare)
    with django_assert_max_num_queries(len(few.captured_queries)):
        head.get(at(bare, "awards"))
