from django.urls import path

from delegates.views import lists, people, seats

app_name = "delegates"
urlpatterns = [
    path("", lists.delegates, name="delegates"),
    path("confirm/", lists.confirm_many, name="confirm_many"),
    path("unit/<int:pk>/", lists.unit, name="unit"),
    path("seats/", seats.seats, name="seats"),
    path("register/", people.register, name="register"),
    path("<int:pk>/", people.delegate, name="delegate"),
    path("<int:pk>/edit/", people.edit, name="edit"),
    path("<int:pk>/withdraw/", people.withdraw, name="withdraw"),
    path("<int:pk>/replace/", people.replace, name="replace"),
    path("<int:pk>/confirm/", people.confirm, name="confirm"),
    path("<int:pk>/open-again/", people.unconfirm, name="unconfirm"),
]
