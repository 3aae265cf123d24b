"""Add a treatment to the ledger of what was tried, or correct an entry of it."""

from datetime import datetime
from uuid import UUID

from kairos.actions.screening import enrolment_of, keep_facts_and_screen
from kairos.domain.eligibility.trials import ToldTrial, fact_of_trial
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.facts import FactId, Origin, OriginKind
from kairos.vocab.people import Actor, Permission


@command("add_treatment_trial", Permission.ANSWER_SCREENING)
def add_treatment_trial(
    *, command_id: UUID, by: Actor, now: datetime, person_id: UUID, told: ToldTrial
) -> tuple[FactId, AuditNote]:
    """Keep one treatment as it was told and return the id of the entry.

    Raises
    ------
    InvalidInput    dates that contradict each other, or no treatment named
    Missing         there is no such person in the actor's programmes
    """
    enrolment = enrolment_of(by.scope, person_id)
    ref = f"trial/{command_id}"
    stated = fact_of_trial(told, fact_id=ref, origin=Origin(OriginKind.PERSON, ref, str(by.id)), now=now)
    kept = keep_facts_and_screen(enrolment, (stated,), by=by, now=now)
    return stated.id, AuditNote(
        ref,
        programme_id=enrolment.programme_id,
        person_id=person_id,
        details={"advice": kept.advice.value, "corrects": bool(told.replaces or told.about)},
    )
