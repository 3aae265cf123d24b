"""Take one's whole record away: kept in the log before the file is made."""

from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.errors import InvalidInput, Missing, Problem
from kairos.vocab.people import Actor, Permission

FORMS = ("pdf", "csv", "fhir")
"""The forms in which a record is taken away."""


@command("take_record_away", Permission.SEE_OWN_RECORD)
def take_record_away(*, form: str, command_id: UUID, by: Actor, now: datetime) -> tuple[UUID, AuditNote]:
    """Keep that somebody takes their own record away, in which form, and return whose it is.

    Raises
    ------
    InvalidInput    not one of ``FORMS``
    Missing         no record of one's own
    """
    if form not in FORMS:
        raise InvalidInput(
            Problem("form", f"{form or 'nothing'} is no form of a record; expected {', '.join(FORMS)}")
        )
    person_id = by.scope.patient_id
    if person_id is None:
        raise Missing("you have no record of your own here")
    programme_id = programme_of(by.scope, person_id)
    return person_id, AuditNote(f"person:{person_id}", programme_id, person_id, details={"form": form})
