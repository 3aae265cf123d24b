"""What is taken, and what is agreed about it.

A list is known only where somebody went through it with the person, lately, and no line of it is in
doubt. Content proposes what to do with each medicine around a session; a clinician decides and signs.
"""

import pytest

from kairos.domain.protocols.medicine_list import ListState, MedicineState
from kairos.domain.protocols.medicine_plan import PlanState, check_plan, plan_standing
from kairos.domain.rules.interactions import PlanAction, Unplanned
from kairos.vocab.errors import InvalidInput
from kairos.vocab.facts import FactKind, Understanding
from kairos.vocab.verdict import Verdict
from tests.support.facts import condition, confirmed, drug, no, not_sure, unread, yes
from tests.support.medicines import line, listed, plan, proposals

LINES = {
    "an active prescription": drug("sertraline"),
    "until next month": drug("sertraline", until="2026-07-01"),
    "ended last year": drug("sertraline", since="2024-01-01", until="2025-03-01"),
    "marked as completed": drug("sertraline", status="completed"),
    "on hold": drug("sertraline", status="on-hold"),
    "said to be stopped, later": no("sertraline"),
    "a code that may mean more": drug("sertraline", understanding=Understanding.BROADER),
    "an entry nobody could read": unread(FactKind.MEDICATION),
    "not sure": not_sure("sertraline"),
    "a benzodiazepine, by a question": yes("taking_benzodiazepine"),
}
LINE_SITUATIONS = (
    ("what is on record", "how it stands"),
    ("an active prescription", MedicineState.TAKING),
    ("until next month", MedicineState.TAKING),
    ("ended last year", MedicineState.ENDED),
    ("marked as completed", MedicineState.ENDED),
    ("on hold", MedicineState.NOT_SURE),
    ("said to be stopped, later", MedicineState.ENDED),
    ("a code that may mean more", MedicineState.NOT_SURE),
    ("an entry nobody could read", MedicineState.UNREAD),
    ("not sure", MedicineState.NOT_SURE),
    ("a benzodiazepine, by a question", MedicineState.UNNAMED),
)


@pytest.mark.parametrize(("what", "state"), LINE_SITUATIONS[1:])
def test_how_a_medicine_stands(what, state):
    """A medicine is taken, ended, or in doubt; an entry nobody could read is never passed over."""
    (found,) = listed(LINES[what]).medicines
    assert found.state is state


LIST_SITUATIONS = (
    ("the list was gone through on", "what is on it", "the list"),
    ("never", "an active prescription", ListState.NEVER_CONFIRMED),
    ("2026-06-01", "an active prescription", ListState.KNOWN),
    ("2026-05-02", "an active prescription", ListState.KNOWN),
    ("2026-05-01", "an active prescription", ListState.TOO_OLD),
    ("2026-06-01", "an entry nobody could read", ListState.OPEN_LINES),
    ("2026-06-01", "not sure", ListState.OPEN_LINES),
    ("2026-06-01", "a benzodiazepine, by a question", ListState.OPEN_LINES),
)


@pytest.mark.parametrize(("day", "what", "state"), LIST_SITUATIONS[1:])
def test_a_list_never_confirmed_or_too_old_is_not_known(day, what, state):
    """A list counts for 30 days after somebody went through it; before and after that it is not known."""
    facts = [LINES[what]] if day == "never" else [LINES[what], confirmed(FactKind.MEDICATION, day)]
    found = listed(*facts)
    assert found.state is state
    standing = plan_standing(found, plan(line("sertraline")), route="iv")
    assert (standing.verdict is Verdict.UNKNOWN) is (state is not ListState.KNOWN)


PROPOSAL_SITUATIONS = (
    ("medicine", "route", "proposed", "held from [h]", "at most [h]"),
    ("sertraline", "iv", PlanAction.CONTINUE, None, None),
    ("lorazepam", "iv", PlanAction.HOLD, 12, 24),
    ("methylphenidate", "iv", PlanAction.HOLD, None, None),
    ("memantine", "esketamine", PlanAction.HOLD, None, None),
    ("grapefruit", "sl", PlanAction.HOLD, 120, 120),
    ("grapefruit", "iv", PlanAction.CONTINUE, None, None),
    ("clarithromycin", "sl", PlanAction.ASK_PRESCRIBER, None, None),
    ("clarithromycin", "esketamine", PlanAction.CONTINUE, None, None),
    ("naltrexone", "iv", PlanAction.ASK_PRESCRIBER, 24, 72),
    ("lamotrigine", "iv", PlanAction.CONTINUE, None, None),
    ("lithium", "iv", PlanAction.CONTINUE, None, None),
    ("oxycodone", "iv", PlanAction.CONTINUE, None, None),
    ("caffeine", "iv", PlanAction.HOLD, 6, 6),
    ("fluticasone", "esketamine", PlanAction.ADJUST, None, None),
    ("omeprazole", "iv", PlanAction.CONTINUE, None, None),
)


@pytest.mark.parametrize(("medicine", "route", "action", "least", "most"), PROPOSAL_SITUATIONS[1:])
def test_what_content_proposes(medicine, route, action, least, most):
    """Content proposes; nobody reads it as an instruction before a clinician has signed."""
    (found,) = proposals(listed(drug(medicine)), route=route)
    assert (found.proposal.action, found.hold_from_h, found.hold_most_h) == (action, least, most)
    assert found.sources


UNPLANNED_SITUATIONS = (
    ("what is taken", "route", "before a plan is signed the person is told"),
    ("sertraline", "iv", Unplanned.AS_USUAL),
    ("lorazepam", "iv", Unplanned.AS_USUAL),
    ("omeprazole", "iv", Unplanned.AS_USUAL),
    ("theophylline", "iv", Unplanned.ASK),
    ("clarithromycin", "sl", Unplanned.ASK),
    ("an entry nobody could read", "iv", Unplanned.ASK),
)


@pytest.mark.parametrize(("what", "route", "told"), UNPLANNED_SITUATIONS[1:])
def test_what_a_person_is_told_before_a_plan(what, route, told):
    """Without a plan nobody is told to stop: to take it as usual, or to ask first where it weighs heavily."""
    (found,) = proposals(listed(LINES.get(what) or drug(what)), route=route)
    assert found.unplanned is told


def test_the_clinic_s_own_row_for_home_weighs_there():
    """At home a sedative weighs as the grid says for home."""
    (found,) = proposals(listed(drug("oxycodone")), route="sl", is_home=True)
    assert found.met[0].level == "high"


HOLD, REASON = PlanAction.HOLD, "agreed with the addiction clinic"
REFUSED_SITUATIONS = (
    ("medicine", "decided", "details", "what is wrong"),
    ("lorazepam", HOLD, {"hold_from_h": 12}, "needs a reason"),
    ("lorazepam", HOLD, {"hold_from_h": 25, "reason": REASON}, "25 h is longer than the 24 h"),
    ("naltrexone", HOLD, {"hold_from_h": 24}, "needs a reason"),
    ("lamotrigine", HOLD, {"reason": REASON, "hold_from_h": 24}, "only the doses of the session's day"),
    ("sertraline", HOLD, {"hold_from_h": 12}, "needs a reason"),
    ("lithium", PlanAction.ADJUST, {}, "says how the medicine is taken"),
)


@pytest.mark.parametrize(("medicine", "action", "details", "wrong"), REFUSED_SITUATIONS[1:])
def test_a_plan_that_content_does_not_allow_is_refused(medicine, action, details, wrong):
    """A hold that is too long, without a reason, or of a medicine never held so, cannot be signed."""
    found = proposals(listed(drug(medicine)))
    with pytest.raises(InvalidInput, match=wrong):
        check_plan([line(medicine, action, **details)], found, [])


ALLOWED_SITUATIONS = (
    ("medicine", "decided", "details"),
    ("lorazepam", HOLD, {"hold_from_h": 24, "reason": REASON}),
    ("lamotrigine", HOLD, {"reason": REASON}),
    ("methylphenidate", HOLD, {}),
    ("sertraline", PlanAction.CONTINUE, {}),
    ("naltrexone", PlanAction.ASK_PRESCRIBER, {}),
    ("lithium", PlanAction.ADJUST, {"words": "half a tablet in the evening"}),
    ("fluticasone", PlanAction.ADJUST, {"before_h": 1}),
)


@pytest.mark.parametrize(("medicine", "action", "details"), ALLOWED_SITUATIONS[1:])
def test_a_plan_within_the_bounds_can_be_signed(medicine, action, details):
    """What content allows, with the reason where one is wanted, can be signed."""
    check_plan([line(medicine, action, **details)], proposals(listed(drug(medicine))), [])


def test_lamotrigine_is_never_held_in_epilepsy():
    """With epilepsy on record lamotrigine is continued, whatever the reason."""
    found = proposals(listed(drug("lamotrigine")))
    held = [line("lamotrigine", HOLD, reason=REASON)]
    with pytest.raises(InvalidInput, match="never held where there is epilepsy on record"):
        check_plan(held, found, [condition("epilepsy")])
    check_plan(held, found, [no("epilepsy")])


def test_every_medicine_needs_a_decision():
    """A plan that leaves a medicine out is refused."""
    with pytest.raises(InvalidInput, match="nothing was decided"):
        check_plan([], proposals(listed(drug("sertraline"))), [])


STANDING_SITUATIONS = (
    ("what is taken", "what was signed", "the plan", "verdict"),
    ((), (), PlanState.IN_PLACE, Verdict.MET),
    (("sertraline",), (), PlanState.WITHOUT_PLAN, Verdict.NOT_MET),
    (("sertraline",), (("sertraline", PlanAction.CONTINUE),), PlanState.IN_PLACE, Verdict.MET),
    (
        ("sertraline", "lithium"),
        (("sertraline", PlanAction.CONTINUE),),
        PlanState.WITHOUT_PLAN,
        Verdict.NOT_MET,
    ),
    (("naltrexone",), (("naltrexone", PlanAction.ASK_PRESCRIBER),), PlanState.UNDECIDED, Verdict.NOT_MET),
)


@pytest.mark.parametrize(("taken", "signed", "state", "verdict"), STANDING_SITUATIONS[1:])
def test_how_the_plan_stands_before_a_session(taken, signed, state, verdict):
    """Each medicine needs a decision; one that still asks the prescriber, or is new, holds the session."""
    found = listed(*(drug(name) for name in taken), confirmed(FactKind.MEDICATION))
    standing = plan_standing(found, plan(*(line(*each) for each in signed)) if signed else None, route="iv")
    assert (standing.state, standing.verdict) == (state, verdict)


def test_a_plan_for_one_route_holds_for_no_other():
    """What was agreed for an infusion says nothing of a lozenge."""
    found = listed(drug("sertraline"), confirmed(FactKind.MEDICATION))
    assert plan_standing(found, plan(line("sertraline")), route="sl").state is PlanState.WITHOUT_PLAN
