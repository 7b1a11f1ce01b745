"""The Department's care of catalogues and accounts, in the portal's look."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.refusal import Denial, refuse_if
from core.vietnamese import title_key
from units.hats import hats

OWN_DOORS = {"password_change", "password_change_done"}  # the portal has its own, which leaves an entry

ROOMS = ["congress", "delegates", "units", "awards", "core", "auth"]


class PortalAdminSite(AdminSite):
    """Opened by the Department's offices, not by a mark on the account. What may be changed, each room's rules say."""

    site_header = site_title = gettext_lazy("Catalogues and accounts")
    index_title = gettext_lazy("What the Department keeps")
    site_url = "/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and hats(request.user).department

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """The rooms in the portal's order, what stands in each in the alphabet's."""
        rooms = super().get_app_list(request, app_label)
        for room in rooms:
            room["models"].sort(key=lambda model: title_key(str(model["name"])))
        return sorted(rooms, key=lambda room: ROOMS.index(room["app_label"]))

    def get_urls(self) -> list:
        return [url for url in super().get_urls() if getattr(url, "name", None) not in OWN_DOORS]

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The one sign-in of the portal; whoever has signed in and does not belong here is told so."""
        asked = request.GET.get("next", "")
        if not request.user.is_authenticated:
            return redirect_to_login(asked)
        if not self.has_permission(request):
            refuse_if(Denial(_("Catalogues and accounts are kept by the Department.")))
        return redirect("admin:index")

    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Nobody is signed out here: the portal's own door is in its menu."""
        return redirect("portal:home")
