"""How a task of the team can end. Not having reached somebody is no end: the task stays open."""

from collections.abc import Mapping

from kairos.vocab.errors import InvalidInput, Problem

READ = "read_nothing_more"
SPOKE = "spoke_with_person"
PLAN_MADE = "safety_plan_made"
PLAN_DECLINED = "safety_plan_declined"
REFERRED = "referred"
EMERGENCY = "emergency_called"
GO_ON = "go_on_as_planned"
CHANGED = "plan_changed"
ENDED = "course_ended"
DONE = "done"
RECORD_CORRECTED = "record_corrected"
FINDING_STANDS = "finding_stands"
DECISION_STANDS = "decision_stands"
ENTRY_STANDS = "entry_stands"
ERASED = "erased"
MUST_KEEP = "law_makes_us_keep"
TAKEN_BACK = "wish_taken_back"
DECIDED_ANEW = "decided_anew"

OUTCOMES: Mapping[str, tuple[str, ...]] = {
    "clinician_review": (READ, SPOKE, REFERRED),
    "clinician_call": (SPOKE, PLAN_MADE, REFERRED, EMERGENCY),
    "stay_with_person": (SPOKE, REFERRED, EMERGENCY),
    "psychiatric_evaluation": (SPOKE, REFERRED, EMERGENCY),
    "safety_plan": (PLAN_MADE, PLAN_DECLINED),
    "safety_plan_offer": (PLAN_MADE, PLAN_DECLINED),
    "outcome_worsening": (SPOKE, REFERRED),
    "difficult_call": (SPOKE, REFERRED, EMERGENCY),
    "difficult_follow_up": (SPOKE, REFERRED, EMERGENCY),
    "difficult_review": (GO_ON, CHANGED, ENDED),
    "serious_event_review": (),
    "morning_unanswered": (SPOKE, REFERRED, EMERGENCY),
    "morning_call": (SPOKE, REFERRED, EMERGENCY),
    "patient_message": (SPOKE, REFERRED),
    "urgent_message": (SPOKE, REFERRED, EMERGENCY),
    "check_in_silent": (SPOKE, REFERRED, EMERGENCY),
    "check_in_not_well": (SPOKE, REFERRED, EMERGENCY),
    "check_in_help": (SPOKE, REFERRED, EMERGENCY),
    "danger_words": (READ, SPOKE, PLAN_MADE, REFERRED, EMERGENCY),
    "danger_elsewhere": (SPOKE, PLAN_MADE, REFERRED, EMERGENCY),
    "course_review": (GO_ON, CHANGED, ENDED),
    "cssrs_screener": (),
    "monitoring_form": (),
    "finding_contested": (RECORD_CORRECTED, FINDING_STANDS),
    "expectation_talk": (SPOKE, REFERRED),
    "consent_declined": (SPOKE, REFERRED),
    "consent_withdrawn": (SPOKE, REFERRED),
    "coach_escalation": (SPOKE, CHANGED, REFERRED, EMERGENCY),
    "record_contested": (),
    "erasure_asked": (ERASED, MUST_KEEP, TAKEN_BACK),
    "second_look": (DECISION_STANDS, DECIDED_ANEW),
}
"""What each kind of task may end with; a screener ends by being asked, a form by being sent."""


def outcomes_of(kind: str) -> tuple[str, ...]:
    """Return how a task of a kind may end."""
    return OUTCOMES.get(kind, (DONE,))


def check_outcome(kind: str, outcome: str) -> None:
    """Refuse an end that this kind of task does not have.

    Raises
    ------
    InvalidInput
    """
    offered = outcomes_of(kind)
    if outcome not in offered:
        expected = ", ".join(offered) or "the screener or the form itself"
        raise InvalidInput(
            Problem("outcome", f"{outcome or 'nothing'} does not end this task; expected {expected}")
        )
