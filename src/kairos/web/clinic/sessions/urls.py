"""Addresses: the board, opening, check, console, entries, alarms, release, record."""

from django.urls import URLPattern, URLResolver, path

from kairos.web.clinic.sessions import binding, entries, views

_S = "sessions/<uuid:session_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("board/", views.show_board, name="board"),
    path("board/part/", views.show_board_part, name="board_live"),
    path(
        "board/<uuid:session_id>/alarms/<uuid:alarm_id>/take/",
        entries.take_from_board,
        name="board_take_alarm",
    ),
    path("sessions/open/<uuid:planned_id>/", views.show_opening, name="session_open"),
    path(_S, views.show_console, name="session_console"),
    path(f"{_S}part/", views.show_console_part, name="session_console_live"),
    path(f"{_S}check/", views.show_check, name="session_check"),
    path(f"{_S}check/part/", views.show_check_part, name="session_check_live"),
    path(f"{_S}check/identity/", views.confirm, name="session_identity"),
    path(f"{_S}check/items/<slug:item>/", views.answer_item, name="session_check_item"),
    path(f"{_S}check/medicines/", entries.look_up_medicines, name="session_medicine_plan"),
    path(f"{_S}check/reasons/<str:rule>/", entries.give_a_reason, name="session_reason"),
    path(f"{_S}check/orders/<uuid:order_id>/", binding.bind, name="session_bind_order"),
    path(f"{_S}check/call/", entries.decide, name="session_decide"),
    path(f"{_S}cancel/", entries.cancel, name="session_cancel"),
    path(f"{_S}start/", entries.start, name="session_start"),
    path(f"{_S}pause/", entries.pause, name="session_pause"),
    path(f"{_S}resume/", entries.resume, name="session_resume"),
    path(f"{_S}rate/", entries.rate, name="session_rate"),
    path(f"{_S}complete/", entries.complete, name="session_complete"),
    path(f"{_S}stop/", entries.stop, name="session_stop"),
    path(f"{_S}portion/", entries.portion, name="session_portion"),
    path(f"{_S}portion/stop/", entries.stop_giving, name="session_stop_dosing"),
    path(f"{_S}mouth/", entries.mouth, name="session_mouth"),
    path(f"{_S}vitals/", entries.vitals, name="session_vitals"),
    path(f"{_S}tray/<uuid:offered_id>/", entries.use_reading, name="session_use_reading"),
    path(f"{_S}awake/", entries.sedation, name="session_sedation"),
    path(f"{_S}detachment/", entries.dissociation, name="session_dissociation"),
    path(f"{_S}symptoms/", entries.symptoms, name="session_symptoms"),
    path(f"{_S}symptoms/none/", views.note_no_symptoms, name="session_no_symptoms"),
    path(f"{_S}medicine/", entries.medicine, name="session_medicine"),
    path(f"{_S}note/", entries.note, name="session_note"),
    path(f"{_S}hand-over/", entries.hand, name="session_hand_over"),
    path(f"{_S}emergency/", entries.emergency, name="session_emergency"),
    path(f"{_S}transfer/", entries.transfer, name="session_transfer"),
    path(f"{_S}alarms/<uuid:alarm_id>/take/", entries.take, name="session_take_alarm"),
    path(f"{_S}alarms/<uuid:alarm_id>/close/", entries.close, name="session_close_alarm"),
    path(f"{_S}release/", views.show_release, name="session_release"),
    path(f"{_S}release/part/", views.show_release_part, name="session_release_live"),
    path(f"{_S}release/go/", entries.release, name="session_release_go"),
    path(f"{_S}release/criteria/<slug:criterion>/", entries.criterion, name="session_criterion"),
    path(f"{_S}release/reasons/<str:rule>/", entries.override, name="session_override"),
    path(f"{_S}leave/", entries.leave, name="session_leave"),
    path(f"{_S}record/", views.show_record, name="session_record"),
    path(f"{_S}record/<int:seq>/", entries.correct, name="session_correct"),
]
