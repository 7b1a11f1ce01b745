"""The Council's seats, to be read. They are given and ended on the Council's page; of ballots nothing stands here."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.models import CouncilSeat
from congress.admin import CongressFilter
from units.admin import DepartmentAdmin


@admin.register(CouncilSeat)
class CouncilSeatAdmin(DepartmentAdmin):
    list_display = ["user", "post", "title", "starts", "ends", "order"]
    list_filter = [("congress", CongressFilter), "post"]
    list_select_related = ["user", "congress"]
    fields = ["edition", "user", "post", "title", "starts", "ends", "order"]

    @admin.display(description=_("Congress"))
    def edition(self, seat: CouncilSeat) -> str:
        return seat.congress.name

    def view_on_site(self, obj: CouncilSeat) -> str:
        return reverse("awards:council", args=[obj.congress.slug])
