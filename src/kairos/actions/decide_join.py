"""Decide whether two records are one person's, and join them if they are."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from kairos.actions.screening import keep_screening
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import accounts, joins, originals, people, screenings
from kairos.store.repositories.people import Enrolment, Person
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission, Scope
from kairos.vocab.stages import Stage


@command("decide_join", Permission.JOIN_RECORDS)
def decide_join(
    *, command_id: UUID, by: Actor, now: datetime, proposal_id: UUID, decision: Literal["join", "apart"]
) -> tuple[UUID, AuditNote]:
    """Record what a human decided of two records, and return who stays.

    Joined, everything kept of the one is kept of the other, under the other's key; the one that nobody
    has decided on yet goes, and leaves a tombstone.

    Raises
    ------
    Missing       no such proposal, or it is decided already
    NotAllowed    both are past screening, or one is in a programme outside the actor's scope
    """
    proposal = originals.decide_join(by.scope, proposal_id, decision, by=by.id, now=now)
    stays, goes = proposal.other_id, proposal.person_id
    if decision == "join":
        stays, goes = _who_stays(by.scope, stays, goes)
        _join(stays, goes, by=by, now=now)
    note = AuditNote(
        f"join:{proposal_id}",
        programme_id=proposal.programme_id,
        person_id=stays,
        why=decision,
        details={"other": str(goes)},
    )
    return stays, note


def _who_stays(scope: Scope, here_before: UUID, new_here: UUID) -> tuple[UUID, UUID]:
    for stays, goes in ((here_before, new_here), (new_here, here_before)):
        person = people.find_person(scope, goes)
        if _is_only_a_record(scope, person):
            return stays, goes
    raise NotAllowed("both are past screening here; keep them apart and ask the medical director")


def _is_only_a_record(scope: Scope, person: Person) -> bool:
    is_screening = all(enrolment.stage == Stage.SCREENING for enrolment in person.enrolments)
    return is_screening and not screenings.decisions_of(scope, person.id)


def _join(stays: UUID, goes: UUID, *, by: Actor, now: datetime) -> None:
    giver, taker = people.find_person(by.scope, goes), people.find_person(by.scope, stays)
    enrolment = _shared_enrolment(giver, taker)
    joins.take_over(by.scope, programme_id=enrolment.programme_id, giver=goes, taker=stays)
    people.add_identifiers(by.scope, stays, giver.identity.identifiers if giver.identity else ())
    people.move_to_stage(by.scope, giver.enrolments[0].id, Stage.JOINED)
    accounts.close_accounts_of(by.scope, goes, now=now)
    people.erase(by.scope, goes, by=by.id, now=now)
    keep_screening(enrolment, by=by, now=now)


def _shared_enrolment(giver: Person, taker: Person) -> Enrolment:
    """Return the enrolment of who stays in the programme of both; a join never crosses programmes."""
    programmes = {enrolment.programme_id for enrolment in giver.enrolments}
    shared = [enrolment for enrolment in taker.enrolments if enrolment.programme_id in programmes]
    if not shared or len(giver.enrolments) > 1:
        raise NotAllowed("these two are in different programmes; enrol the one who stays there first")
    return shared[0]
