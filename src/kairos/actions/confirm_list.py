"""Confirm that a list is complete: what is not on it is then known to be absent."""

from datetime import datetime
from uuid import UUID

from kairos.actions.medicine_list_age import note_list_confirmed
from kairos.actions.screening import enrolment_of, keep_facts_and_screen
from kairos.domain.eligibility.answers import fact_of_confirmed_list
from kairos.domain.eligibility.ledger import TRIAL
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.facts import FactKind
from kairos.vocab.people import Actor, Permission

LISTS = (FactKind.CONDITION.value, FactKind.MEDICATION.value, FactKind.ALLERGY.value, TRIAL)


@command("confirm_list", Permission.ANSWER_SCREENING)
def confirm_list(
    *, command_id: UUID, by: Actor, now: datetime, person_id: UUID, kind: str
) -> tuple[UUID, AuditNote]:
    """Keep a clinician's word that a list was gone through with the person and is complete.

    Parameters
    ----------
    kind : str    ``condition``, ``medication``, ``allergy``, or ``treatment_trial`` for the ledger

    Raises
    ------
    InvalidInput    no such list
    Missing         there is no such person in the actor's programmes
    """
    if kind not in LISTS:
        raise InvalidInput(Problem("kind", f"there is no list called {kind!r}; expected {', '.join(LISTS)}"))
    enrolment = enrolment_of(by.scope, person_id)
    ref = f"list/{command_id}"
    stated = fact_of_confirmed_list(kind, fact_id=ref, ref=ref, by=str(by.id), at=now)
    kept = keep_facts_and_screen(enrolment, (stated,), by=by, now=now)
    if kind == FactKind.MEDICATION:
        note_list_confirmed(enrolment, by=by, now=now)
    return kept.id, AuditNote(
        f"list:{kind}",
        programme_id=enrolment.programme_id,
        person_id=person_id,
        details={"advice": kept.advice.value},
    )
