from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """Django's admin, opened by the Department for catalogues and accounts."""

    default_site = "config.admin.PortalAdminSite"
