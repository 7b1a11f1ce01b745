"""The plan's list as its address asks for it: pages and papers take the same rows in the same order."""

from django.http import QueryDict

from congress.forms.plan import TaskFilters
from congress.models import Congress
from core.listing import Listing
from core.models import User

SORTS = {
    "order": ("phase__order", "order"),
    "name": ("name_vi",),
    "lead": ("lead__order",),
    "due": ("due",),
    "progress": ("progress",),
}


def task_listing(params: QueryDict, congress: Congress, user: User, per_page: int = 50) -> Listing:
    """The tasks of a congress, searched, filtered and sorted."""
    return Listing(
        params,
        congress.tasks.visible_to(user).select_related("phase", "lead", "anchor_conference"),
        filterset=TaskFilters,
        sorts=SORTS,
        default="order",
        search=("folded",),
        per_page=per_page,
        congress=congress,
        user=user,
    )
