"""Medicines of the demonstration: what is agreed about each of them before a course."""

from datetime import datetime
from uuid import UUID, uuid4

from kairos.actions.sign_medicine_plan import sign_medicine_plan
from kairos.cli.demo_clinic.house import House
from kairos.domain.protocols.medicine_plan import PlanLine, Proposed
from kairos.domain.rules.interactions import PlanAction
from kairos.queries.medicines import medicines_of

_REASON = "Taken at need only; talked through with whoever prescribes it."


def agree(house: House, person_id: UUID, *, now: datetime) -> None:
    """Have the prescriber sign what content proposes for each medicine."""
    page = medicines_of(person_id=person_id, by=house.clinician, now=now)
    if page.proposals:
        sign_medicine_plan(
            command_id=uuid4(),
            by=house.clinician,
            now=now,
            person_id=person_id,
            route=page.route,
            lines=tuple(_line(each) for each in page.proposals),
            seen=page.listed.fingerprint,
        )


def _line(each: Proposed) -> PlanLine:
    """Return the proposal as a decision; what asks the prescriber was answered: continue."""
    asks = each.proposal.action is PlanAction.ASK_PRESCRIBER
    action = PlanAction.CONTINUE if asks else each.proposal.action
    is_held = action is PlanAction.HOLD
    return PlanLine(
        medicine=each.medicine.key,
        name=each.medicine.name,
        action=action,
        hold_from_h=each.hold_from_h if is_held else None,
        before_h=each.before_h if action is PlanAction.ADJUST else None,
        reason=_REASON if is_held else "",
    )
