"""The Department's care of catalogues and accounts, in the portal's look."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from units.hats import hats


class PortalAdminSite(AdminSite):
    """Opened by the Department's offices, not by a mark on the account. What may be changed, each room's rules say."""

    site_header = site_title = _("Catalogues and accounts")
    index_title = _("What the Department keeps")
    site_url = "/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and hats(request.user).department
