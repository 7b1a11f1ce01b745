"""Invented people: names drawn from common words, the same at every run."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from random import Random

FAMILIES = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Mai Tạ Trịnh Cao Lương Hà Tô Kiều"
).split()
MIDDLES = {
    "male": "Văn Đức Hữu Quang Minh Xuân Đình Công Quốc Thành Trọng Ngọc Anh Tuấn Việt".split(),
    "female": "Thị Thu Ngọc Minh Thanh Phương Bích Kim Hồng Thùy Mỹ Diệu Lan Hải Khánh".split(),
}
GIVEN = {
    "male": "An Bách Bình Chiến Cường Dũng Duy Đạt Đông Giang Hải Hiếu Hòa Hùng Huy Khánh Khoa Kiên Lâm Long Lộc Mạnh "
    "Nam Nghĩa Nhân Phong Phúc Quân Quyết Sơn Tài Tân Thái Thắng Thịnh Tiến Toàn Trung Tú Tùng Việt Vinh Vượng".split(),
    "female": "An Anh Ánh Châu Chi Dung Duyên Đào Giang Hà Hạnh Hằng Hiền Hoa Hòa Huệ Hương Khuê Lan Linh Loan Ly Mai "
    "My Nga Ngân Nhàn Nhung Oanh Phượng Quyên Quỳnh Sen Tâm Thảo Thúy Thủy Trang Trâm Trinh Tuyết Uyên Vân Xuân "
    "Yến".split(),
}
MINORITY_NAMES = [
    ("H'Hen Niê Kdăm", "female", "12"),
    ("K'Brêu Lạch", "male", "15"),
    ("Giàng A Páo", "male", "08"),
    ("Rơ Châm Kim", "male", "10"),
    ("Lò Thị Ánh", "female", "03"),
    ("Hoàng Văn Thụng", "male", "02"),
]
POSITIONS = [
    "Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên chính", "Chuyên viên", "Nghiên cứu viên chính",
    "Nghiên cứu viên", "Kỹ sư", "Kế toán trưởng", "Kiểm định viên", "Phó Giám đốc Trung tâm", "Biên tập viên",
]  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    full_name: str
    sex: str
    birth: str
    position: str
    phone: str
    email: str
    ethnic_group: str  # code
    party_member: bool
    education: str


def people(seed: int = 2020) -> Iterator[Person]:
    """An endless line of invented people, no two of one name, always in the same order."""
    random = Random(seed)  # noqa: S311 invention, not secrecy
    used: set[str] = set()
    number = 0
    while True:
        sex = "female" if random.random() < 0.42 else "male"
        name = f"{random.choice(FAMILIES)} {random.choice(MIDDLES[sex])} {random.choice(GIVEN[sex])}"
        group = "01"
        if random.random() < 0.05:
            name, sex, group = random.choice(MINORITY_NAMES)
        if name in used:
            continue
        used.add(name)
        number += 1
        year = random.randint(1961, 1994)
        exact = random.random() < 0.85
        yield Person(
            full_name=name,
            sex=sex,
            birth=f"{random.randint(1, 28):02}/{random.randint(1, 12):02}/{year}" if exact else str(year),
            position=random.choice(POSITIONS),
            phone=f"09{random.randint(0, 99_999_999):08}",
            email=f"dai-bieu-{seed}-{number}@demo.invalid",
            ethnic_group=group,
            party_member=random.random() < 0.7,
            education=random.choice(["bachelor", "bachelor", "master", "master", "doctor"]),
        )


KNOWN = 350  # whom the story knows by name


@cache
def story() -> list[Person]:
    """The people whom the story knows by name: heads of units from 1, nominees from 101, members from 201."""
    return list(islice(people(seed=1965), KNOWN))


def known(number: int) -> Person:
    """The person of this number: the same one wherever they turn up."""
    return story()[number]
