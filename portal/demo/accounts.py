"""One invented account for each role, to sign in with."""

from dataclasses import dataclass

PASSWORD = "thi-dua-2020"  # noqa: S105 printed on the screen for everybody who tries the demonstration
DOMAIN = "demo.invalid"


@dataclass(frozen=True)
class Account:
    """Somebody to sign in as: `office` is a role of `units.Office`, `unit` the code of its unit."""

    username: str
    full_name: str
    role: str
    office: str = ""
    unit: str = ""
    sex: str = "male"

    @property
    def email(self) -> str:
        return f"{self.username}@{DOMAIN}"


ACCOUNTS = [
    Account("lan", "Hoàng Thu Lan", "Chuyên viên Vụ TĐKT", "department_officer"),
    Account("tuan", "Phạm Quốc Tuấn", "Lãnh đạo Vụ TĐKT", "department_head"),
    Account("nhung", "Lê Thị Hồng Nhung", "Thủ trưởng Viện Ứng dụng Công nghệ", "unit_head", "NACENTECH", "female"),
    Account("minh", "Đinh Quốc Minh", "Cán bộ đầu mối Viện Ứng dụng Công nghệ", "unit_clerk", "NACENTECH"),
    Account("khai", "Vũ Đình Khải", "Khối trưởng Khối Cơ quan Bộ (Văn phòng Bộ)", "unit_head", "VPB"),
    Account("thanh", "Trịnh Công Thành", "Chủ tịch Hội đồng"),
    Account("thao", "Ngô Bích Thảo", "Ủy viên Hội đồng"),
    Account("hang", "Tạ Minh Hằng", "Ủy viên, Thư ký Hội đồng"),
    Account("phuoc", "Đỗ Hữu Phước", "Ủy viên Hội đồng, kiểm phiếu"),
    Account("truc", "Mai Thanh Trúc", "Bàn đón tiếp", "desk"),
]
