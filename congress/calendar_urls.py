"""Calendars of people: they belong to no edition."""

from django.urls import path

from congress.views import calendars

app_name = "calendar"
urlpatterns = [
    path("", calendars.link, name="link"),
    path("renew/", calendars.renew, name="renew"),
    path("drop/", calendars.drop, name="drop"),
    path("<str:token>.ics", calendars.feed, name="feed"),
]
