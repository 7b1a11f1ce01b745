from django.urls import path

from units.views import blocks, handovers, history, people, sheets, units

app_name = "units"
urlpatterns = [
    path("", units.units, name="units"),
    path("excel/", sheets.units_sheet, name="units_sheet"),
    path("import/", sheets.units_import, name="units_import"),
    path("<int:pk>/", units.unit, name="unit"),
    path("<int:pk>/edit/", units.unit_edit, name="unit_edit"),
    path("<int:pk>/certain/", units.unit_certain, name="unit_certain"),
    path("<int:pk>/rename/", history.rename, name="unit_rename"),
    path("<int:pk>/move/", history.move, name="unit_move"),
    path("<int:pk>/merge/", history.merge, name="unit_merge"),
    path("<int:pk>/dissolve/", history.dissolve, name="unit_dissolve"),
    path("<int:pk>/headcount/", history.headcount, name="unit_headcount"),
    path("blocks/", blocks.blocks, name="blocks"),
    path("blocks/<int:pk>/offices/add/", blocks.block_office_add, name="block_office_add"),
    path("blocks/offices/<int:pk>/end/", blocks.block_office_end, name="block_office_end"),
    path("blocks/<int:pk>/handover/<int:year>/", handovers.handover, name="handover"),
    path("blocks/<int:pk>/handover/<int:year>/edit/", handovers.handover_edit, name="handover_edit"),
    path(
        "blocks/<int:pk>/handover/<int:year>/<slug:side>/",
        handovers.handover_confirm,
        name="handover_confirm",
    ),
    path("people/", people.people, name="people"),
    path("people/welcome/", people.welcome, name="welcome"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("people/<int:pk>/link/", people.person_link, name="person_link"),
    path("people/<int:pk>/close/", people.person_close, name="person_close"),
    path("people/<int:pk>/open/", people.person_open, name="person_open"),
    path("people/<int:pk>/sign-out/", people.person_sign_out, name="person_sign_out"),
    path("people/<int:pk>/offices/add/", people.office_add, name="office_add"),
    path("people/offices/<int:pk>/end/", people.office_end, name="office_end"),
]
