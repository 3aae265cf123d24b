"""Set an entry of the record aside: somebody read it, and it is wrong or means nothing to the rules."""

from datetime import datetime
from uuid import UUID

from kairos.actions.screening import enrolment_of, keep_facts_and_screen
from kairos.domain.eligibility.answers import fact_of_entry_set_aside
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import facts
from kairos.vocab.errors import InvalidInput, Missing, Problem
from kairos.vocab.facts import FactId
from kairos.vocab.people import Actor, Permission


@command("set_entry_aside", Permission.SIGN_ELIGIBILITY)
def set_entry_aside(
    *, command_id: UUID, by: Actor, now: datetime, person_id: UUID, fact_id: FactId, reason: str
) -> tuple[UUID, AuditNote]:
    """Keep that an entry does not hold, with the reason; the entry itself stays as it is.

    Raises
    ------
    InvalidInput    no reason was given
    Missing         there is no such person or entry in the actor's programmes
    """
    if not reason.strip():
        raise InvalidInput(Problem("reason", "no reason was given; say why the entry does not count"))
    enrolment = enrolment_of(by.scope, person_id)
    found = facts.find_facts(by.scope, person_id, [fact_id])
    if not found:
        raise Missing("this entry is not there")
    ref = f"aside/{command_id}"
    stated = fact_of_entry_set_aside(found[0], reason.strip(), ref=ref, by=str(by.id), at=now)
    kept = keep_facts_and_screen(enrolment, (stated,), by=by, now=now)
    return kept.id, AuditNote(
        ref,
        programme_id=enrolment.programme_id,
        person_id=person_id,
        details={"concept": found[0].concept, "advice": kept.advice.value},
    )
