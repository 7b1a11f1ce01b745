"""Papers of the Council, read back: who takes them, from when on, and that their numbers close."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from docx import Document as open_docx
from openpyxl import load_workbook
from pypdf import PdfReader

from awards import actions
from awards.models import Ballot, Recusal, Sitting
from congress.models import LegalBasis
from core.models import AuditEntry, Job
from tests import factories as make
from tests.awards.scenes import Session, in_session, make_nomination, make_sitting
from tests.awards.test_ballots import CLEAR, TIED, TIED_AGAIN, TOO_FEW, go_home

pytestmark = pytest.mark.django_db
RESULTS = ["council-result", "council-minutes", "submission"]
EVERY = [*RESULTS, "ballot-paper"]
INSIDE = {"officer", "department_head", "chair", "member", "secretary", "teller"}


@pytest.fixture
def session(cast) -> Session:
    return in_session(cast)


def take(client, key: str, kind: str = "docx", **query):
    values = {"query": "&".join(f"{n}={v}" for n, v in query.items()), "once": str(uuid4())}
    return client.post(f"/2020/documents/{key}.{kind}", values)


def words(answer) -> str:
    """All words of a Word file, in the body and in its tables."""
    assert answer.status_code == 200, answer.status_code
    paper = open_docx(BytesIO(answer.content))
    lines = [line.text for line in paper.paragraphs]
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return " ".join("\n".join([*lines, *cells]).split())


def tables(answer) -> list[list[list[str]]]:
    """The tables of a Word file that have a head."""
    found = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in open_docx(BytesIO(answer.content)).tables
    ]
    return [table for table in found if table[0][0] == "TT"]


def hold_both(session: Session) -> None:
    """Both lists voted on and counted; the sitting is still open."""
    session.hold("collective", [[1, 2]] * 9 + [[1, 3]] * 3 + [[]] * 2)  # one member keeps the paper
    session.hold("individual", [[1, 2]] * 6 + [[1, 3]] * 4 + [[2, 3]] * 5)


def concluded(cast, session: Session) -> Sitting:
    hold_both(session)
    return actions.conclude(actor=cast.chair, sitting=session.sitting, conclusion="Thống nhất kết quả bỏ phiếu.")


# ---- Who takes what, and from when on ----


def test_who_takes_the_papers(cast, enter, session):
    sitting = concluded(cast, session)
    for key in EVERY:
        got = {role: take(enter(user), key, sitting=sitting.pk).status_code for role, user in cast.roles.items()}
        assert got == {role: 200 if role in INSIDE else 403 for role in cast.roles}, key
    assert AuditEntry.objects.filter(verb="document.exported").count() == len(EVERY) * len(INSIDE)


@pytest.mark.parametrize("key", RESULTS)
def test_nothing_before_the_count(cast, enter, session, key):
    client, query = enter(cast.secretary), {"sitting": session.sitting.pk}
    assert take(client, key).status_code == 409  # no sitting has been concluded
    assert take(client, key, **query).status_code == 409
    session.open()
    session.vote("collective", CLEAR)
    assert take(client, key, **query).status_code == 409
    session.close()
    assert take(client, key, **query).status_code == 409
    assert not AuditEntry.objects.filter(verb="document.exported").exists()
    session.count()
    assert take(client, key, **query).status_code == (409 if key == "submission" else 200)
    session.hold("individual", CLEAR)
    assert take(client, key, **query).status_code == 200


def test_a_list_that_is_counted_tells_nothing_of_the_one_that_is_not(cast, enter, session):
    session.hold("collective", CLEAR)
    session.open("individual")
    session.vote("individual", [[1, 2]] * 9)
    told = words(take(enter(cast.officer), "council-result", sitting=session.sitting.pk))
    assert "Danh sách tập thể" in told
    assert "Danh sách cá nhân" not in told


@pytest.mark.parametrize("key", EVERY)
@pytest.mark.parametrize("asked", ["999999", "0", "-1", "x", "1'--", "9" * 30])
def test_what_does_not_exist_is_not_found(cast, enter, session, key, asked):
    concluded(cast, session)
    assert take(enter(cast.officer), key, sitting=asked).status_code == 404
    if key == "ballot-paper":
        assert take(enter(cast.officer), key, ballot=asked).status_code == 404


def test_the_papers_of_another_congress_are_not_found_here(cast, enter, session):
    sitting = concluded(cast, session)
    make.make_congress(slug="2025", is_current=False)
    for key in EVERY:
        answer = enter(cast.officer).post(f"/2025/documents/{key}.docx", {"query": f"sitting={sitting.pk}"})
        assert answer.status_code == 404
        assert enter(cast.officer).post(f"/1999/documents/{key}.docx", {"query": ""}).status_code in (404, 409)


def test_without_a_question_it_is_the_latest_concluded_sitting(cast, enter, session):
    concluded(cast, session)
    make_sitting(cast.congress, place="Phòng họp 9")
    for key in RESULTS:
        assert "Phòng họp 9" not in words(take(enter(cast.officer), key))


# ---- The ballot paper ----


def test_the_ballot_paper_names_the_candidates_of_a_list_and_no_others(cast, enter, session):
    ballot = session.ballot("individual")
    answer = take(enter(cast.secretary), "ballot-paper", ballot=ballot.pk)
    told = words(answer)
    assert "PHIẾU BẦU" in told
    assert "lựa chọn 02 báo cáo điển hình cá nhân" in told
    assert "chọn không quá 02" in told
    (table,) = tables(answer)
    names = [one.nomination.nominee for one in ballot.candidates.select_related("nomination")]
    assert [row[0] for row in table[1:]] == ["1", "2", "3", "4"]
    assert all(row[1].startswith(name) and row[2] == "" for row, name in zip(table[1:], names, strict=True))


def test_the_ballot_paper_of_a_second_round_has_its_candidates_and_places(cast, enter, session):
    again = actions.call_round(actor=cast.chair, ballot=session.hold("collective", TIED))
    answer = take(enter(cast.secretary), "ballot-paper", ballot=again.pk)
    assert "chọn không quá 01" in words(answer)
    assert len(tables(answer)[0]) == 3


def test_without_a_ballot_it_is_both_lists_of_the_sitting_in_session(cast, enter, session):
    answer = take(enter(cast.secretary), "ballot-paper")
    assert "02 báo cáo điển hình tập thể và 02 báo cáo điển hình cá nhân" in words(answer)
    assert len(tables(answer)) == 2


# ---- The minutes of the count ----

NUMBERS = re.compile(
    r"Số phiếu phát ra: (\d+); thu về: (\d+); không thu về: (\d+); hợp lệ: (\d+); không hợp lệ: (\d+) "
    r"\(trong đó phiếu trắng: (\d+)\)"
)
MEMBERS = re.compile(
    r"Tổng số thành viên Hội đồng: (\d+); có mặt: (\d+); vắng mặt: (\d+); không tham gia biểu quyết do có liên quan: "
    r"(\d+)"
)


def test_the_numbers_of_the_count_close(cast, enter, session):
    go_home(cast, session, session.members[11])
    nominee = cast.congress.nominations.listed("collective").first()
    Recusal.objects.create(nomination=nominee, user=cast.member, reason="Em ruột")
    hold_both(session)
    answer = take(enter(cast.secretary), "council-result", sitting=session.sitting.pk)
    told = words(answer)
    counted = [[int(number) for number in found] for found in NUMBERS.findall(told)]
    people = [[int(number) for number in found] for found in MEMBERS.findall(told)]
    assert len(counted) == len(people) == 2
    assert people[0] == [15, 14, 1, 1]
    assert people[1] == [15, 14, 1, 0]
    for issued, returned, kept, valid, invalid, blank in counted:
        assert issued == returned + kept
        assert returned == valid + invalid
        assert blank <= invalid
    assert counted[0][0] == 13  # present, and without a conflict
    assert "Đỗ Hữu Phước (Trưởng ban)" in told
    collective, individual, team = tables(answer)
    assert [(row[2], row[3], row[4]) for row in collective[1:3]] == [("12", "80", "1"), ("9", "60", "2")]
    assert {row[5] for row in collective[1:]} == {"Được chọn", "Không được chọn"}
    assert [row[5] for row in individual[1:]] == ["Được chọn", "Được chọn", "Dự phòng", "Không được chọn"]
    assert len(team) == 4
    assert team[0][3] == "Chữ ký"


def test_a_share_is_one_of_all_members_whatever_the_rule_counts(cast, enter, session):
    Ballot.objects.update(base=Ballot.Base.WITHOUT_RECUSED)
    nominee = cast.congress.nominations.listed("collective").first()
    for member in session.members[4:7]:
        Recusal.objects.create(nomination=nominee, user=member, reason="Cùng phòng")
    session.hold("collective", [[1]] * 8 + [[2]] * 4)
    answer = take(enter(cast.officer), "council-result", sitting=session.sitting.pk)
    assert tables(answer)[0][1][3] == "53,33"
    assert "hơn 50 % tổng số thành viên trừ người không tham gia biểu quyết" in words(answer)


def test_every_round_stands_in_the_minutes_with_the_chairs_word(cast, enter, session):
    void = session.open()
    actions.void(actor=cast.chair, ballot=void, reason="Mất mã mở hòm phiếu")
    actions.call_round(actor=cast.chair, ballot=session.hold("collective", TIED))
    ballot = session.hold("collective", TIED_AGAIN)
    actions.decide_tie(
        actor=cast.chair, ballot=ballot, chosen=[ballot.candidates.get(order=2)], reason="Làm lâu năm hơn"
    )
    told = words(take(enter(cast.officer), "council-result", sitting=session.sitting.pk))
    assert "vòng 01" in told
    assert "Mất mã mở hòm phiếu" in told
    assert "vòng 02" in told
    assert "Bằng phiếu:" in told
    assert "vòng 03" in told
    assert "theo ý kiến của người chủ trì, tập thể được lựa chọn: " + str(ballot.candidates.get(order=2)) in told
    assert "Làm lâu năm hơn" in told


# ---- The minutes of the sitting ----


def test_the_minutes_say_who_came_who_did_not_vote_and_what_came_of_it(cast, enter, session):
    here = [member for member in session.members if member != session.members[11]]
    excuses = {session.members[11].pk: "Đi công tác nước ngoài"}
    actions.record_attendance(actor=cast.secretary, sitting=session.sitting, present=here, excuses=excuses)
    first, other = cast.congress.nominations.listed("collective")[:2]
    Recusal.objects.create(nomination=first, user=cast.member, reason="Là em ruột của Trưởng phòng")
    other.nominee_user = session.members[6]
    other.save()
    sitting = concluded(cast, session)
    told = words(take(enter(cast.officer), "council-minutes"))
    assert "Thành viên có mặt 14/15" in told
    assert f"{session.members[11]} (Đi công tác nước ngoài)" in told
    assert "08 đề cử (04 tập thể, 04 cá nhân)" in told
    assert f"{cast.member} (danh sách tập thể: Là em ruột của Trưởng phòng)" in told
    assert f"{session.members[6]} (danh sách tập thể: đứng đầu tập thể được đề cử)" in told
    assert "Thư ký: Tạ Minh Hằng" in told
    assert "Chủ trì: Trịnh Công Thành" in told
    assert sitting.conclusion in told
    assert len(NUMBERS.findall(told)) == 2


def test_before_the_end_what_is_not_known_stays_dotted(cast, enter, session):
    hold_both(session)
    told = words(take(enter(cast.officer), "council-minutes", sitting=session.sitting.pk))
    assert "kết thúc hồi …… giờ …… phút" in told


# ---- The submission ----


def test_the_submission_puts_the_chosen_before_the_minister(cast, enter, session):
    LegalBasis.objects.create(
        congress=cast.congress,
        number="2298/BKHCN-TĐKT",
        dated="2019-08-01",
        issuer="Bộ KH&CN",
        title="CV",
        is_letter=True,
    )
    concluded(cast, session)
    told = words(take(enter(cast.officer), "submission"))
    chosen = {
        kind: cast.congress.nominations.filter(kind=kind, state="selected") for kind in ("collective", "individual")
    }
    reserve = cast.congress.nominations.get(state="reserve")
    assert "TỜ TRÌNH" in told
    assert "Kính gửi: Bộ trưởng" in told
    assert "Căn cứ Công văn số 2298/BKHCN-TĐKT" in told
    assert "phê duyệt 04 báo cáo điển hình" in told
    assert all(str(one) in told for found in chosen.values() for one in found)
    assert f"Dự phòng (cá nhân): {reserve}" in told
    out = cast.congress.nominations.filter(state="not_selected")
    assert out
    assert not any(str(one) in told for one in out)


def test_fewer_chosen_go_up_with_the_reason(cast, enter, session):
    ballot = session.hold("collective", TOO_FEW)
    session.hold("individual", CLEAR)
    assert take(enter(cast.officer), "submission", sitting=session.sitting.pk).status_code == 409
    actions.leave_empty(actor=cast.chair, ballot=ballot, reason="Không đề cử nào đạt quá nửa")
    told = words(take(enter(cast.officer), "submission", sitting=session.sitting.pk))
    assert "01 tập thể" in told
    assert "phê duyệt 03 báo cáo" in told
    assert "Không đề cử nào đạt quá nửa" in told


# ---- Every format, every hand ----


@pytest.mark.parametrize("key", EVERY)
def test_each_paper_comes_in_each_format_in_vietnamese(cast, enter, session, key, django_capture_on_commit_callbacks):
    concluded(cast, session)
    cast.officer.language = "en"
    cast.officer.save()
    client = enter(cast.officer)
    word, excel = take(client, key), take(client, key, "xlsx")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words(word)
    values = [str(cell) for row in load_workbook(BytesIO(excel.content)).active.values for cell in row if cell]
    assert values
    with django_capture_on_commit_callbacks(execute=True):  # the worker
        take(client, key, "pdf")
    job = Job.objects.get()
    with job.file.open() as file:
        pages = PdfReader(BytesIO(file.read())).pages
    printed = " ".join(page.extract_text() for page in pages)
    for text in (words(word), " ".join(values), printed):
        for english in ("Selected", "first vote", "more than", "not selected", "Reserve"):
            assert english not in text


def test_a_name_that_looks_like_a_formula_stays_a_name(cast, enter):
    make_nomination(cast.congress, cast.unit, "collective", "shortlisted", nominee="=1+1", presenter="x")
    session = in_session(cast)
    session.hold("collective", [[1, 2]] * 15)
    answer = take(enter(cast.officer), "council-result", "xlsx", sitting=session.sitting.pk)
    cells = [cell for row in load_workbook(BytesIO(answer.content)).active.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=1+1") for cell in cells)


def test_the_buttons_stand_on_the_ballots_page(cast, enter, session):
    client, ballot = enter(cast.member), session.ballot()
    page = client.get(ballot.get_absolute_url()).text
    assert "/2020/documents/ballot-paper.docx" in page
    assert f'name="query" value="ballot={ballot.pk}"' in page
    assert "council-result" not in page
    session.hold("collective", CLEAR)
    page = client.get(ballot.get_absolute_url()).text
    assert "/2020/documents/council-result.docx" in page
    assert f'name="query" value="sitting={ballot.sitting_id}"' in page
