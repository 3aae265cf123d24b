"""Addresses: what the team must do."""

from django.urls import path

from kairos.web.clinic.inbox import contested, threads, views

urlpatterns = [
    path("inbox/", views.show_inbox, name="inbox"),
    path("inbox/list/", views.show_list, name="inbox_list"),
    path("inbox/messages/<uuid:message_id>/", threads.show_team_thread, name="team_thread"),
    path("inbox/messages/<uuid:message_id>/answer/", threads.answer_thread, name="team_thread_answer"),
    path("inbox/<uuid:task_id>/", views.show_task, name="task"),
    path("inbox/<uuid:task_id>/take/", views.take, name="task_take"),
    path("inbox/<uuid:task_id>/done/", views.finish, name="task_finish"),
    path("inbox/<uuid:task_id>/screener/", views.show_screener, name="task_screener"),
    path("inbox/<uuid:task_id>/answer/", contested.answer, name="task_answer"),
    path("people/<uuid:person_id>/forget/", contested.forget, name="forget_person"),
]
