"""The cast of the whole suite: one congress, a few units, and a person for every role."""

from dataclasses import dataclass, field, fields
from datetime import date

from awards.models import CouncilSeat
from congress.models import Congress
from core.models import User
from tests import factories as make
from units.models import Block, Office, Unit


@dataclass
class Cast:
    """Who plays in the tests. `unit` is the unit head's; `other_unit` the unit clerk's, in the same block;
    `far_unit` lies in another block and belongs to the stranger's side: nobody of the cast acts for it."""

    congress: Congress
    block: Block
    unit: Unit
    other_unit: Unit
    far_unit: Unit
    officer: User
    department_head: User
    unit_head: User
    unit_clerk: User
    block_head: User
    chair: User
    member: User
    secretary: User
    teller: User
    desk: User
    stranger: User
    members: list[User] = field(default_factory=list)  # the whole Council, chair first

    @property
    def roles(self) -> dict[str, User]:
        """Every role by its name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.type in (User, "User")}


def make_cast() -> Cast:
    congress = make.make_congress()
    block = make.make_block(code="2", name_vi="Khối các Văn phòng, Viện")
    unit = make.make_unit(code="NACENTECH", name_vi="Viện Ứng dụng Công nghệ", block=block)
    other_unit = make.make_unit(code="VIPRI", name_vi="Viện Khoa học sở hữu trí tuệ", block=block)
    leading_unit = make.make_unit(code="BOA", name_vi="Văn phòng Công nhận chất lượng", block=block)
    far_unit = make.make_unit(code="IPVN", name_vi="Cục Sở hữu trí tuệ", kind=Unit.Kind.CUC)
    make.make_block_office(block, leading_unit)
    people = {
        "officer": make.make_user("officer", full_name="Hoàng Thu Lan"),
        "department_head": make.make_user("department_head", full_name="Phạm Quốc Tuấn"),
        "unit_head": make.make_user("unit_head", full_name="Lê Thị Hồng Nhung"),
        "unit_clerk": make.make_user("unit_clerk", full_name="Đinh Quốc Minh"),
        "block_head": make.make_user("block_head", full_name="Vũ Đình Khải"),
        "chair": make.make_user("chair", full_name="Trịnh Công Thành"),
        "member": make.make_user("member", full_name="Ngô Bích Thảo"),
        "secretary": make.make_user("secretary", full_name="Tạ Minh Hằng"),
        "teller": make.make_user("teller", full_name="Đỗ Hữu Phước"),
        "desk": make.make_user("desk", full_name="Mai Thanh Trúc"),
        "stranger": make.make_user("stranger", full_name="Kiều Văn Lạ"),
    }
    make.make_office(people["officer"], Office.Role.DEPARTMENT_OFFICER)
    make.make_office(people["department_head"], Office.Role.DEPARTMENT_HEAD)
    make.make_office(people["unit_head"], Office.Role.UNIT_HEAD, unit)
    make.make_office(people["unit_clerk"], Office.Role.UNIT_CLERK, other_unit)
    make.make_office(people["block_head"], Office.Role.UNIT_HEAD, leading_unit)
    make.make_office(people["desk"], Office.Role.DESK)
    posts = [("chair", "chair"), ("secretary", "secretary"), ("member", "member"), ("teller", "member")]
    for order, (name, post) in enumerate(posts):
        CouncilSeat.objects.create(
            congress=congress, user=people[name], post=post, order=order, starts=date(2019, 1, 1)
        )
    members = [people[name] for name, _post in posts]
    return Cast(congress, block, unit, other_unit, far_unit, **people, members=members)
