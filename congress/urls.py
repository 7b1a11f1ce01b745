from django.urls import path

from congress.views import conferences, edition, next_edition, plan, programme, reports

app_name = "congress"
urlpatterns = [
    path("", edition.congress, name="congress"),
    path("edit/", edition.congress_edit, name="congress_edit"),
    path("next/", next_edition.next_edition, name="next_edition"),
    path("current/", next_edition.make_current, name="make_current"),
    path("plan/", plan.plan, name="plan"),
    path("plan/add/", plan.task_add, name="task_add"),
    path("plan/<int:pk>/", plan.task, name="task"),
    path("plan/<int:pk>/edit/", plan.task_edit, name="task_edit"),
    path("conferences/", conferences.conferences, name="conferences"),
    path("conferences/<int:pk>/", conferences.conference, name="conference"),
    path("conferences/<int:pk>/schedule/", conferences.conference_schedule, name="conference_schedule"),
    path("conferences/<int:pk>/approve/", conferences.conference_approve, name="conference_approve"),
    path("conferences/<int:pk>/postpone/", conferences.conference_postpone, name="conference_postpone"),
    path("conferences/<int:pk>/hold/", conferences.conference_hold, name="conference_hold"),
    path("conferences/<int:pk>/report/", reports.conference_report, name="conference_report"),
    path("conferences/<int:pk>/report/start/", reports.report_start, name="report_start"),
    path("conferences/<int:pk>/report/check/", reports.report_check, name="report_check"),
    path("conferences/<int:pk>/report/send/", reports.report_send, name="report_send"),
    path("conferences/<int:pk>/report/accept/", reports.report_accept, name="report_accept"),
    path("conferences/<int:pk>/report/return/", reports.report_return, name="report_return"),
    path("conferences/<int:pk>/report/reopen/", reports.report_reopen, name="report_reopen"),
    path("conferences/<int:pk>/report/subject/<slug:key>/", reports.report_subject, name="report_subject"),
    path("programme/", programme.programme, name="programme"),
    path("programme/add/", programme.programme_add, name="programme_add"),
    path("programme/publish/", programme.programme_publish, name="programme_publish"),
    path("programme/<int:pk>/edit/", programme.programme_edit, name="programme_edit"),
    path("programme/<int:pk>/move/<str:direction>/", programme.programme_move, name="programme_move"),
    path("programme/<int:pk>/remove/", programme.programme_remove, name="programme_remove"),
]
