"""Invented dossiers: what a unit writes of a collective or of a person."""

from datetime import date

from congress.models import AwardType
from portal.demo.people import people
from units.models import Unit

COLLECTIVES = [
    "Phòng Thí nghiệm Quang tử",
    "Trung tâm Kỹ thuật 1",
    "Phòng Sáng chế số 2",
    "Ban Biên tập điện tử",
    "Trung tâm Đánh giá không phá hủy",
    "Phòng Kế hoạch tổng hợp",
    "Trung tâm Thông tin và Thống kê",
    "Phòng Quản lý đầu tư",
    "Phòng Hành chính - Quản trị",
    "Trung tâm Đào tạo",
]
Part = tuple[str, dict, list[dict] | None]


def dossier(unit: Unit, kind: str) -> tuple[str, list[Part]]:
    """The nominee's name and the subjects of the dossier: (key, values, awards held)."""
    number = unit.order
    person = next(iter(people(seed=3000 + number)))
    if kind == "collective":
        nominee = COLLECTIVES[number % len(COLLECTIVES)]
        about = {
            "nominee": nominee,
            "address": "Hà Nội",
            "members": 12 + number,
            "women": 5 + number % 5,
            "party_members": 8,
        }
        award = AwardType.objects.get(code="TTLDXS")
    else:
        nominee = person.full_name
        about = {"nominee": nominee, "birth": person.birth, "sex": person.sex, "position": person.position}
        award = AwardType.objects.get(code="CSTD_CS")
    held = [
        {
            "award": award,
            "year": 2018,
            "decision_number": f"{1200 + number}/QĐ-BKHCN",
            "decision_date": date(2018, 12, 20),
            "issuer": "Bộ Khoa học và Công nghệ",
        }
    ]
    return nominee, [
        ("about", about, None),
        (
            "profile",
            {
                "profile": f"Hình thành và phát triển cùng {unit.name_vi}, nhiều năm liền hoàn thành tốt nhiệm vụ.",
                "duties": "Tham mưu, nghiên cứu và triển khai nhiệm vụ chuyên môn được giao.",
            },
            None,
        ),
        (
            "achievements",
            {
                "achievements": "Giai đoạn 2015-2020 hoàn thành 100% nhiệm vụ; 06 sáng kiến được công nhận; "
                "rút ngắn 30% thời gian giải quyết công việc.",
                "measures": "Giao việc rõ người, rõ hạn; họp giao ban ngắn hằng tuần.",
                "compliance": "Chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước.",
            },
            None,
        ),
        ("awards", {"no_awards": False}, held),
        (
            "model",
            {
                "model_name": "Một đầu mối, một hạn trả lời",
                "context": "Yêu cầu tăng gấp đôi trong khi số người không đổi.",
                "results": "Thời gian trả lời giảm từ 10 ngày còn 04 ngày; 98% doanh nghiệp hài lòng.",
                "lessons": "Bắt đầu từ một quy trình, đo mỗi tuần, công khai kết quả.",
            },
            None,
        ),
        ("presenter", {"presenter": f"{person.full_name}, {person.position}"}, None),
        (
            "review",
            {"reviewed_on": date(2020, 5, 4), "review": "Hội nghị nhất trí giới thiệu, 100% đại biểu tán thành."},
            None,
        ),
    ]
