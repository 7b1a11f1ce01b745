"""A unit with seats, catalogues and an award, to send lists for."""

import pytest

from congress.models import AwardType
from delegates.models import Quota
from tests.delegates import factories as make


@pytest.fixture
def catalogues(hall):
    """The ethnic groups and awards that the tests' lists name; plenty of seats in two categories."""
    for code, name, aliases in (("01", "Kinh", "Việt"), ("02", "Tày", ""), ("08", "Mông", "HMông; H'Mông")):
        make.make_ethnic_group(code=code, name_vi=name, aliases=aliases)
    awards = [
        ("HC_LD_3", "Huân chương Lao động hạng Ba", "HCLĐ3", "State", 100),
        ("BK_BT", "Bằng khen của Bộ trưởng Bộ Khoa học và Công nghệ", "BKBT", "Ministry", 470),
        ("CSTD_CS", "Chiến sĩ thi đua cơ sở", "CSTĐCS", "Grassroots", 540),
    ]
    for code, name, short, level, order in awards:
        AwardType.objects.create(
            code=code, name_vi=name, abbreviation=short, level=level, given_to="individual", kind="reward", order=order
        )
    Quota.objects.filter(pk=hall.unit_quota.pk).update(seats=50)
    head = make.make_category(hall.model.congress, code="DN_TT", name_vi="Thủ trưởng đơn vị", short_vi="Thủ trưởng")
    make.make_quota(hall.unit_quota.unit, head, 1)
    return hall
