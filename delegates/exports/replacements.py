"""The list of replacements (Danh sách thay thế đại biểu), as its page shows it."""

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from core.models import User
from core.refusal import refuse_if
from delegates import rules
from delegates.exports.people import _head, _signatures
from delegates.filters import replacement_list
from documents import catalogue
from documents.catalogue import Export, Params
from documents.description import Column, Document, Table

COLUMNS = [
    Column("TT", 0.5, "center"),
    Column("Ngày", 1, "center"),
    Column("Đơn vị", 2.4),
    Column("Đại biểu được thay", 1.8),
    Column("Thành phần", 1.4, group="Trước"),
    Column("Người thay", 1.8),
    Column("Thành phần", 1.4, group="Sau"),
    Column("Lý do", 2.2),
    Column("Văn bản", 1.6),
    Column("Ghi chú", 1.4),
]


def replacements(user: User, edition: str, params: Params) -> Document:
    """Who came instead of whom, when, why, and by which paper of the unit."""
    refuse_if(rules.why_not_see_replacements(user))
    congress = get_object_or_404(Congress, slug=edition)
    asked = params if isinstance(params, QueryDict) else QueryDict("")
    rows = []
    for number, one in enumerate(replacement_list(congress, asked).queryset, start=1):
        successor = one.successor
        place = successor.unit.name_vi if successor.unit else successor.organisation
        moved = f"Chỗ chuyển sang {one.taken.short_vi}" if one.seat_moved else ""
        told = [one.replaced.full_name, one.left.short_vi, successor.full_name, one.taken.short_vi]
        rows.append([number, localtime(one.at).date(), place, *told, one.reason, one.document, moved])
    return Document(
        **_head(congress, None),
        title="DANH SÁCH THAY THẾ ĐẠI BIỂU",
        summary=f"dự {congress.name_vi}",
        blocks=[Table(COLUMNS, rows)],
        signatures=_signatures(None),
        landscape=True,
    )


def _why_not(user: User, _edition: str) -> str | None:
    return rules.why_not_see_replacements(user)


def register() -> None:
    """Offer the list."""
    catalogue.register(
        Export("replacements", _("Replacements of delegates"), replacements, _why_not, "thay-the-dai-bieu")
    )
