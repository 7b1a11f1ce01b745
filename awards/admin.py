"""The Council's seats, to be read. They are given and ended on the Council's page; of ballots nothing stands here."""

from django.contrib import admin
from django.urls import reverse

from awards.models import CouncilSeat
from units.admin import DepartmentAdmin


@admin.register(CouncilSeat)
class CouncilSeatAdmin(DepartmentAdmin):
    list_display = ["user", "post", "title", "starts", "ends", "order"]
    list_filter = ["congress", "post"]
    list_select_related = ["user", "congress"]
    fields = ["congress", "user", "post", "title", "starts", "ends", "order"]

    def view_on_site(self, obj: CouncilSeat) -> str:
        return reverse("awards:council", args=[obj.congress.slug])
