"""The Department's care of catalogues and accounts, in the portal's look."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    site_header = site_title = _("Catalogues and accounts")
    index_title = _("What the Department keeps")
    site_url = "/"
    enable_nav_sidebar = False
