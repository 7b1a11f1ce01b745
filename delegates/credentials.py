"""The words of the credential check (Báo cáo thẩm tra tư cách đại biểu), after appendix A8: a text to be read aloud.

Who is present is known at the opening alone, so the text leaves room to write it in by hand.
"""

from collections.abc import Iterator

from core.vietnamese import count
from delegates.composition import Class, Cut
from delegates.queries.composition import Composition, Extreme

BLANK = "……"
NAMED = {"category", "highest_award", "block"}  # their classes are names, and keep their capitals


def share(tenths: int) -> str:
    """'5,8%'."""
    return f"{tenths // 10},{tenths % 10}%"


def read_aloud(found: Composition) -> list[str]:
    """The report's sentences, in Vietnamese; `found` is a make-up in Vietnamese."""
    return list(_sentences(found))


def _sentences(found: Composition) -> Iterator[str]:
    guests = f"; khách mời: {count(found.guests, 'vi')}" if found.guests else ""
    yield f"Tổng số đại biểu triệu tập: {count(found.official, 'vi')}{guests}."
    yield (
        f"Có mặt tính đến {BLANK} giờ {BLANK} phút: {BLANK} ({BLANK}%); vắng {BLANK}: "
        f"có lý do {BLANK}, không lý do {BLANK}."
    )
    for key, words in (
        ("category", "Về thành phần"),
        ("represents", "Cá nhân, đại diện tập thể"),
        ("sex", "Giới tính"),
    ):
        yield from _sentence(found.cut(key), words)
    minority = found.cut("minority")
    if minority:
        yield from _of_one(minority, "minority", "Dân tộc thiểu số")
    party = found.cut("party_member")
    if party:
        yield from _of_one(party, "yes", "Đảng viên")
    yield from _sentence(found.cut("age"), "Độ tuổi")
    yield from _ages(found)
    for key, words in (
        ("rank", "Học hàm"), ("education", "Trình độ chuyên môn"), ("political_theory", "Trình độ lý luận chính trị"),
        ("highest_award", "Khen thưởng cao nhất"), ("block", "Theo khối thi đua"),
    ):  # fmt: skip
        yield from _sentence(found.cut(key), words)
    waiting = f"; {count(found.waiting, 'vi')} đại biểu còn chờ xác nhận" if found.waiting else ""
    yield f"Kết luận: {count(found.confirmed, 'vi')} đại biểu đủ tư cách tham dự Đại hội{waiting}./."


def _said(one: Class, names: bool) -> str:
    label = one.label if names else _lower(one.label)
    return f"{label} {count(one.number, 'vi')} ({share(one.share)})"


def _lower(label: str) -> str:
    """A label within a sentence: 'Nam' becomes 'nam', 'ThS' stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _sentence(cut: Cut | None, words: str) -> Iterator[str]:
    """'Giới tính: nam 214 (58,5%), nữ 152 (41,5%).', of the classes that somebody belongs to."""
    said = [_said(one, cut.key in NAMED) for one in cut.classes if one.number] if cut else []
    if said:
        yield f"{words}: {'; '.join(said)}."


def _of_one(cut: Cut, key: str, words: str) -> Iterator[str]:
    """One class alone, and how many are not known."""
    unknown = f"; chưa rõ {count(cut.unknown.number, 'vi')} ({share(cut.unknown.share)})" if cut.unknown else ""
    if cut.total:
        yield f"{words}: {count(cut.number(key), 'vi')} ({share(cut.share(key))}){unknown}."


def _ages(found: Composition) -> Iterator[str]:
    ages = found.ages
    if ages.oldest and ages.youngest:
        yield f"Cao tuổi nhất: {_extreme(ages.oldest)}; trẻ tuổi nhất: {_extreme(ages.youngest)}."
    if ages.mean is not None:
        about = "khoảng " if ages.approximate else ""
        mean = f"{ages.mean:.1f}".replace(".", ",")
        yield f"Tuổi bình quân: {about}{mean} (tính đến ngày {ages.day})."


def _extreme(one: Extreme) -> str:
    about = "khoảng " if one.approximate else ""
    return f"{one.name}, sinh năm {one.year}, {one.comes_from} ({about}{one.age} tuổi)"
