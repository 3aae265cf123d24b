"""The words of tasks: the promise on the button, how a task can end."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kairos.domain.instruments import task_outcomes
from kairos.domain.protocols.messages import MessageKind

PROMISES: dict[str, Promise] = {
    "clinician_call": _("I am calling"),
    "left_against_advice": _("I am calling"),
    "session_aftercare": _("I am calling"),
    "morning_unanswered": _("I am calling"),
    "morning_call": _("I am calling"),
    "difficult_call": _("I am calling"),
    "difficult_follow_up": _("I am calling"),
    "difficult_review": _("I am looking at the course"),
    "emergency_medicine": _("I am looking at it"),
    "fall_report": _("I am reporting it"),
    "serious_event_review": _("I am reviewing it"),
    "cssrs_screener": _("I am asking"),
    "stay_with_person": _("I am with them"),
    "clinician_review": _("I am reading"),
    "course_review": _("I am looking at the course"),
    "patient_message": _("I am answering"),
    "urgent_message": _("I am answering now"),
    "check_in_silent": _("I am calling"),
    "check_in_not_well": _("I am calling"),
    "check_in_help": _("I am calling now"),
    "danger_words": _("I am reading it now"),
    "danger_elsewhere": _("I am calling"),
    "monitoring_form": _("I am filling it in"),
    "finding_contested": _("I am looking at it"),
    "second_look": _("I am looking at it"),
    "record_contested": _("I am looking at it"),
    "erasure_asked": _("I am looking at it"),
    "coach_escalation": _("I am looking at it"),
    "expectation_talk": _("I am talking with them"),
}
KINDS_OF_MESSAGE: dict[MessageKind, Promise] = {
    MessageKind.QUESTION: _("A question"),
    MessageKind.HOW_I_AM: _("How they are, or a side effect"),
    MessageKind.MEDICINE: _("Their medicines"),
    MessageKind.APPOINTMENT: _("An appointment"),
    MessageKind.HARD_TO_SAY: _("Something that is hard to say"),
}
TAKE_IT: Promise = _("I take it")

OUTCOME_WORDS: dict[str, Promise] = {
    task_outcomes.READ: _("Read; nothing more is needed today"),
    task_outcomes.SPOKE: _("Spoke with the person"),
    task_outcomes.PLAN_MADE: _("Safety plan made with the person"),
    task_outcomes.PLAN_DECLINED: _("Offered; the person does not want one now"),
    task_outcomes.REFERRED: _("Handed to somebody else by name, who has it now"),
    task_outcomes.EMERGENCY: _("Emergency services are with the person"),
    task_outcomes.GO_ON: _("Looked at with the person; the course goes on as planned"),
    task_outcomes.CHANGED: _("Looked at with the person; the plan is changed"),
    task_outcomes.ENDED: _("The course is ended"),
    task_outcomes.DONE: _("Done"),
    task_outcomes.RECORD_CORRECTED: _("The record is corrected, and the person was told"),
    task_outcomes.ENTRY_STANDS: _("Looked at; the entry stands, and the person reads why"),
    task_outcomes.ERASED: _("Told what may go and what stays; erased on the page of forgetting"),
    task_outcomes.MUST_KEEP: _("Told by name which law makes us keep it, and until when"),
    task_outcomes.TAKEN_BACK: _("Spoke with the person, who takes the wish back"),
    task_outcomes.FINDING_STANDS: _("Looked at with the person; the finding stands, and they were told why"),
    task_outcomes.DECISION_STANDS: _(
        "Looked at by another clinician; the decision stands, and the person was told why"
    ),
    task_outcomes.DECIDED_ANEW: _(
        "Looked at by another clinician; it is decided anew, and the person was told"
    ),
}


def promise_of(kind: str) -> Promise:
    """Return what somebody promises who takes a task of a kind."""
    return PROMISES.get(kind, TAKE_IT)
