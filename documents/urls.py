from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:key>.<str:format_key>", views.take, name="take"),
]
