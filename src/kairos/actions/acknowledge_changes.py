"""Acknowledge what changed since somebody last signed or acknowledged: seen, and gone on with open eyes."""

from datetime import datetime
from uuid import UUID

from kairos.actions.screening import enrolment_of, keep_screening
from kairos.domain.eligibility.rescreening import fact_of_acknowledgement
from kairos.domain.eligibility.signing import fingerprint
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import facts
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("acknowledge_changes", Permission.SIGN_ELIGIBILITY)
def acknowledge_changes(
    *, command_id: UUID, by: Actor, now: datetime, person_id: UUID, seen: str
) -> tuple[UUID, AuditNote]:
    """Keep that a prescriber has seen what changed, and return the screening from which changes count anew.

    Parameters
    ----------
    seen : str    the fingerprint of the findings that were on the screen

    Raises
    ------
    NotAllowed    the findings have changed since
    Missing       there is no such person in the actor's programmes
    """
    enrolment = enrolment_of(by.scope, person_id)
    kept = keep_screening(enrolment, by=by, now=now)
    if fingerprint(kept.findings) != seen:
        raise NotAllowed("what the rules find has changed since you opened the page; look again")
    said = fact_of_acknowledgement(str(kept.id), ref=f"acknowledged/{command_id}", by=str(by.id), at=now)
    facts.add_facts(by.scope, enrolment.programme_id, person_id, (said,))
    return kept.id, AuditNote(
        f"screening:{kept.id}",
        programme_id=enrolment.programme_id,
        person_id=person_id,
        details={"advice": kept.advice.value},
    )
