"""What was done with a record, in words for whom it is about. A code without words says the least."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LOOKED: dict[str, Promise] = {
    "chart": _("Opened your chart"),
    "original": _("Opened a record that came from elsewhere"),
    "eligibility": _("Looked at whether you may start"),
    "medicines": _("Looked at your medicines"),
    "results": _("Looked at your results"),
    "progress": _("Looked at your answers and scores"),
    "consent": _("Looked at your consent"),
    "session": _("Looked at a session of yours"),
    "session_sheet": _("Opened the written sheet of a session"),
    "monitoring_form": _("Looked at a form about a session"),
    "dose_order": _("Looked at an order for a dose"),
    "therapy": _("Looked at your therapy pages"),
    "adverse_event": _("Looked at a side effect of yours"),
    "task": _("Looked at a task about you"),
    "shared_journal": _("Opened what you share of your journal"),
}
LOOKED_AT_IT: Promise = _("Looked at your record")
WORKED_ON_IT: Promise = _("Worked on your record")

_MEDICINES = (
    *("add_treatment_trial", "ask_for_medicine_list", "confirm_list", "confirm_medicine"),
    *("confirm_medicine_list", "correct_medicine", "end_medicine", "look_up_medicine_plan"),
    *("sign_medicine_plan", "tell_medicine"),
)
_MAY_START = (
    *("answer_screening_question", "override_criterion", "screen_person", "set_entry_aside"),
    "sign_eligibility_decision",
)
_RECORD = ("admit_person", "decide_join", "enter_paper", "enter_results", "import_record", "confirm_identity")
_CONSENT = ("acknowledge_section", "answer_consent_question", "sign_consent")
_COURSE = ("plan_course", "end_course", "move_session", "cancel_planned_session", "cancel_session")
_ORDER = (
    *("place_dose_order", "place_portion_order", "verify_dose_order", "bind_order", "invalidate_dose_order"),
    *("order_home_supply", "dispense_stock", "record_pharmacy_reference"),
)
_SESSION = (
    *("open_session", "answer_check", "decide_go", "start_infusion", "change_rate", "pause_infusion"),
    *("resume_infusion", "stop_infusion", "complete_infusion", "stop_dosing", "give_portion", "empty_mouth"),
    *(
        "end_home_hold",
        "give_medicine",
        "record_vitals",
        "rate_sedation",
        "rate_dissociation",
        "note_symptom",
    ),
    *("add_note", "record_release_criterion", "release_patient", "leave_against_advice", "transfer_patient"),
    *("take_watch", "offer_watch", "watch_session", "lose_watch", "find_watch", "ease_watch"),
    *("use_device_reading", "take_alarm", "close_alarm", "escalate_alarm", "call_emergency", "note_arrival"),
    *(
        "assign_duty",
        "correct_event",
        "give_reason",
        "account_for_dose",
        "offer_device_reading",
        "finish_follow_up",
    ),
)
_QUESTIONS = (
    *(
        "ask_for_measure",
        "send_questionnaire_link",
        "send_trauma_scale",
        "start_questionnaire",
        "save_answer",
    ),
    *("submit_questionnaire", "record_questionnaire", "record_screener", "answer_morning", "check_in"),
    *("answer_home_check", "record_home_reading"),
)
_THERAPY = (
    *(
        "plan_therapy_meeting",
        "cancel_therapy_meeting",
        "sign_therapy_note",
        "add_therapy_note",
        "agree_touch",
    ),
    *("narrow_touch", "set_trauma_care", "rate_therapy", "choose_aims"),
)
_EVENTS = (
    *("record_adverse_event", "revise_adverse_event", "review_adverse_event", "flag_difficult_experience"),
    *("note_medicine_effect", "record_crisis_shown"),
)
_TASKS = ("take_task", "finish_task", "escalate_task")
_FORMS = ("sign_monitoring_form", "record_form_sending", "record_rems_enrolment")
_PEOPLE_AT_HOME = (
    *("name_support_person", "agree_to_support", "answer_support_quiz", "make_home_link"),
    *("write_emergency_plan", "verify_emergency_plan", "note_contact"),
)
_DONE: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("Worked on your list of medicines"), _MEDICINES),
    (_("Worked on whether you may start"), _MAY_START),
    (_("Added to your record"), _RECORD),
    (_("Read or signed the consent document"), _CONSENT),
    (_("Took the consent back"), ("withdraw_consent",)),
    (_("Planned or changed your sessions"), _COURSE),
    (_("Worked on an order for a dose"), _ORDER),
    (_("Wrote in a session of yours"), _SESSION),
    (_("Asked or answered questions for you"), _QUESTIONS),
    (_("Wrote about your therapy"), _THERAPY),
    (_("Wrote about a side effect or a hard moment"), _EVENTS),
    (_("Took, passed on or ended a task about you"), _TASKS),
    (_("Wrote or sent a form about a session"), _FORMS),
    (_("Planned a session at home with you"), _PEOPLE_AT_HOME),
    (_("Ended a support person's access"), ("end_support_access",)),
    (_("Closed links that were sent to you"), ("withdraw_links", "close_own_link")),
    (_("Changed how you are reached"), ("keep_contact_way", "end_contact_way")),
    (_("Said that something is not right"), ("object_to_finding", "contest_entry")),
    (_("Answered what you said is not right"), ("answer_contested_entry",)),
    (_("Asked to be forgotten"), ("ask_to_be_forgotten",)),
    (_("Took a copy of the whole record"), ("take_record_away",)),
    (_("Opened or closed your log-in"), ("open_account", "close_account", "reopen_account")),
)
WORDS: dict[str, Promise] = {action: words for words, actions in _DONE for action in actions}
"""What each action is called here."""
