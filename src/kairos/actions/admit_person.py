"""Admit a person who brings no record."""

from datetime import datetime
from uuid import UUID

from kairos.actions.screening import keep_facts_and_screen
from kairos.content.release import load_release
from kairos.domain.eligibility.results import BIRTH_DATE, SEX, facts_of_results
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import originals, people
from kairos.store.repositories.people import Identity
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.facts import Origin, OriginKind
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Actor, Permission
from kairos.vocab.stages import Stage


@command("admit_person", Permission.IMPORT_RECORD)
def admit_person(
    *,
    command_id: UUID,
    by: Actor,
    now: datetime,
    programme_id: UUID,
    family_name: str,
    given_names: str,
    born_on: PartialDate,
    sex: str,
) -> tuple[UUID, AuditNote]:
    """Admit a person to a programme, propose to join with anybody they may be, and return their id.

    Raises
    ------
    InvalidInput    a date of birth after today, or a sex that records do not use
    NotAllowed      the programme is outside the scope
    """
    if born_on.first > now.date():
        raise InvalidInput(Problem("born_on", "this day lies ahead; enter the date of birth"))
    identity = Identity(family_name.strip(), given_names.strip(), born_on=born_on, sex=sex)
    enrolment = people.Enrolment(new_id(), new_id(), programme_id, Stage.SCREENING)
    people.add_person(by.scope, enrolment, identity)
    matches = people.possible_matches(by.scope, identity, without=enrolment.person_id)
    for other_id, reasons in matches.items():
        originals.propose_join(
            by.scope, originals.JoinProposal(new_id(), programme_id, enrolment.person_id, other_id, reasons)
        )
    ref = f"admission/{command_id}"
    stated = facts_of_results(
        {BIRTH_DATE: str(born_on), SEX: sex},
        load_release().concepts,
        id_prefix=ref,
        origin=Origin(OriginKind.PERSON, ref, str(by.id)),
        measured_at=now,
        now=now,
    )
    keep_facts_and_screen(enrolment, stated, by=by, now=now)
    note = AuditNote(
        f"person:{enrolment.person_id}",
        programme_id=programme_id,
        person_id=enrolment.person_id,
        details={"join_proposals": len(matches)},
    )
    return enrolment.person_id, note
