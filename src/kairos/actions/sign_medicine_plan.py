"""Sign what was agreed about each medicine around a session. The whole plan is signed at once."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.medicines import KINDS, check_seen, limits_of, list_of
from kairos.actions.screening import enrolment_of
from kairos.domain.protocols.medicine_list import ListState, MedicineList
from kairos.domain.protocols.medicine_plan import PlanLine, check_plan, proposed
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import facts, medicines
from kairos.store.repositories.medicines import KeptPlan, words_of
from kairos.vocab.errors import NotAllowed
from kairos.vocab.facts import FactKind
from kairos.vocab.people import Actor, Permission


@command("sign_medicine_plan", Permission.PLAN_MEDICINES)
def sign_medicine_plan(
    *,
    command_id: UUID,
    by: Actor,
    now: datetime,
    person_id: UUID,
    route: str,
    lines: tuple[PlanLine, ...],
    seen: str,
) -> tuple[UUID, AuditNote]:
    """Sign a plan over the list that was on the screen, and return its id.

    Parameters
    ----------
    route : str    how ketamine is given; what is agreed for one route holds for no other
    lines : tuple  one for each medicine that is taken
    seen : str     the fingerprint of the list

    Raises
    ------
    NotAllowed      the list is not known, or has changed since
    InvalidInput    a medicine without a decision, or a hold that content does not allow
    Missing         there is no such person in the actor's programmes
    """
    enrolment = enrolment_of(by.scope, person_id)
    listed = list_of(by.scope, enrolment.programme_id, person_id, now)
    check_seen(listed, seen)
    if listed.state is not ListState.KNOWN:
        raise NotAllowed("the list of medicines is not confirmed; go through it with the person first")
    release = content_of(by.scope, enrolment.programme_id).release
    limits = limits_of(by.scope, enrolment.programme_id, now)
    proposals = proposed(listed.current, release.interactions, route=route, limits=limits)
    known = facts.facts_of(by.scope, person_id, kinds=(FactKind.CONDITION, *KINDS))
    check_plan(lines, proposals, known)
    plan = KeptPlan(
        id=new_id(),
        programme_id=enrolment.programme_id,
        person_id=person_id,
        route=route,
        content_version=release.version,
        words=words_of(_named(lines, listed)),
        signed_by=by.id,
        signed_at=now,
    )
    medicines.add_plan(by.scope, plan)
    note = AuditNote(f"medicine_plan:{plan.id}", enrolment.programme_id, person_id, details={"route": route})
    return plan.id, note


def _named(lines: tuple[PlanLine, ...], listed: MedicineList) -> tuple[PlanLine, ...]:
    """Return the lines of what is on the list, under the names it gives."""
    given = {line.medicine: line for line in lines}
    return tuple(replace(given[each.key], name=each.name) for each in listed.current)
