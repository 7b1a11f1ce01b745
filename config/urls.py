"""Every address of the portal. Congress editions live under `/<congress>/…`."""

from django.contrib import admin
from django.urls import include, path

handler403 = "core.views.answers.forbidden"
handler404 = "core.views.answers.not_found"
handler500 = "core.views.answers.server_error"

urlpatterns = [
    path("", include("core.urls")),
    path("admin/", admin.site.urls),
    path("", include("portal.urls")),
    path("calendar/", include("congress.calendar_urls")),
    path("units/", include("units.urls")),
    path("<slug:congress>/", include("congress.urls")),
    path("<slug:congress>/delegates/", include("delegates.urls")),
    path("<slug:congress>/", include("awards.urls")),
    path("<slug:congress>/documents/", include("documents.urls")),
]
