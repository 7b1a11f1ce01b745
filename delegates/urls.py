from django.urls import path

from delegates.views import completeness, composition, imports, lists, people, seats

app_name = "delegates"
urlpatterns = [
    path("", lists.delegates, name="delegates"),
    path("confirm/", lists.confirm_many, name="confirm_many"),
    path("unit/<int:pk>/", lists.unit, name="unit"),
    path("seats/", seats.seats, name="seats"),
    path("composition/", composition.composition, name="composition"),
    path("composition/targets/", composition.targets, name="targets"),
    path("composition/targets/<int:pk>/remove/", composition.target_remove, name="target_remove"),
    path("composition/copies/", composition.copies, name="copies"),
    path("composition/copies/<int:pk>/", composition.copy, name="composition_copy"),
    path("composition/<slug:cut>/<slug:value>/", composition.people, name="composition_people"),
    path("completeness/", completeness.completeness, name="completeness"),
    path("completeness/needed/", completeness.needed, name="needed"),
    path("completeness/remind/", completeness.remind, name="remind"),
    path("completeness/unit/<int:pk>/", completeness.missing, name="missing"),
    path("register/", people.register, name="register"),
    path("import/", imports.send, name="lists"),
    path("import/for/", imports.choose_unit, name="list_for"),
    path("import/template/", imports.template, name="list_template"),
    path("import/<int:pk>/", imports.show, name="list"),
    path("import/<int:pk>/table/", imports.table, name="list_table"),
    path("import/<int:pk>/columns/", imports.columns, name="list_columns"),
    path("import/<int:pk>/answer/", imports.answer, name="list_answer"),
    path("import/<int:pk>/apply/", imports.apply, name="list_apply"),
    path("import/<int:pk>/marked/", imports.marked, name="list_marked"),
    path("import/<int:pk>/give-up/", imports.give_up, name="list_give_up"),
    path("<int:pk>/", people.delegate, name="delegate"),
    path("<int:pk>/open/", people.open_personal, name="open_personal"),
    path("<int:pk>/edit/", people.edit, name="edit"),
    path("<int:pk>/withdraw/", people.withdraw, name="withdraw"),
    path("<int:pk>/replace/", people.replace, name="replace"),
    path("<int:pk>/confirm/", people.confirm, name="confirm"),
    path("<int:pk>/open-again/", people.unconfirm, name="unconfirm"),
]
