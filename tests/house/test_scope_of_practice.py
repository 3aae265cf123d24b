"""Who may do what: a coach accompanies and hands over, and treats nobody (S-088, X-24).

Asked of every action there is, by name: a new one has to be put on one side or the other.
"""

from uuid import UUID

import pytest

from kairos.jobs.wiring import load_actions
from kairos.store.command import ACTIONS, check_permission
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import GRANTS, Actor, Permission, Role, Scope

CLINICAL = frozenset(
    {
        *(Permission.ANSWER_SCREENING, Permission.SIGN_ELIGIBILITY, Permission.TAKE_CONSENT),
        *(Permission.PLAN_COURSE, Permission.END_COURSE, Permission.PLACE_ORDER, Permission.VERIFY_ORDER),
        *(Permission.RUN_SESSION, Permission.CONTROL_INFUSION, Permission.RELEASE_PATIENT),
        *(Permission.OVERRIDE_RELEASE, Permission.TAKE_ALARM, Permission.KEEP_MEDICINES),
        *(Permission.PLAN_MEDICINES, Permission.CONFIRM_CODES, Permission.KEEP_STOCK),
        *(Permission.REVIEW_STOCK, Permission.SIGN_MONITORING_FORM, Permission.KEEP_REMS),
        *(Permission.REVIEW_ADVERSE_EVENT, Permission.REVIEW_INCIDENT, Permission.SWITCH_HOME),
        *(Permission.PREPARE_HOME, Permission.SEE_ORIGINAL, Permission.IMPORT_RECORD),
        *(Permission.HOLD_CHECK_IN, Permission.ERASE_PERSON, Permission.SIGN_CONTENT),
    }
)
"""What treats: judging, ordering, giving, watching, releasing, changing medicines."""
ACCOMPANYING = frozenset(
    {
        *(Permission.HOLD_THERAPY, Permission.TAKE_TASK, Permission.SEND_QUESTIONNAIRE),
        *(Permission.REPORT_INCIDENT, Permission.USE_SCREEN, Permission.SEE_CHART),
    }
)
"""Under which permissions a coach acts; seeing a chart is an action where each look is recorded."""
load_actions()


@pytest.mark.parametrize("role", [Role.COACH, Role.THERAPIST])
def test_neither_a_coach_nor_a_therapist_holds_a_clinical_permission(role):
    assert {each for each in CLINICAL if role in GRANTS[each]} == set()


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_an_action_is_refused_to_a_coach_unless_it_accompanies_or_hands_over(name):
    coach = Actor(UUID(int=1), frozenset({Role.COACH}), Scope(UUID(int=2)))
    asked = ACTIONS[name]
    if asked in ACCOMPANYING:
        check_permission(coach, asked)
        return
    with pytest.raises(NotAllowed):
        check_permission(coach, asked)


def test_what_doses_and_judges_is_clinical_and_handing_over_is_not():
    clinical = {name for name, asked in ACTIONS.items() if asked in CLINICAL}
    assert clinical >= {
        *("place_dose_order", "verify_dose_order", "start_infusion", "release_patient", "plan_course"),
        *("sign_check_in_visit", "sign_medicine_plan", "answer_screening_question", "decide_go"),
    }
    assert "hand_to_clinician" not in clinical
