"""Sign a check-in visit: what was asked and answered, and what it changes of the plan."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kairos.actions.integration import VISIT, days_after, programme_of, statement, tell_screens
from kairos.domain.protocols.visits import check_visit
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import integration
from kairos.vocab.people import Actor, Permission


@command("sign_check_in_visit", Permission.HOLD_CHECK_IN)
def sign_check_in_visit(
    *,
    person_id: UUID,
    fields: Mapping[str, str],
    change: str,
    why: str = "",
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep a visit under the person's key and return its id. The change itself is made where it belongs.

    Raises
    ------
    InvalidInput    a heading is empty or unknown, no such change, or a change without a reason
    Missing         no such person within the scope
    """
    asked = days_after(by.scope, programme_of(by.scope, person_id)).visit_fields
    required = [field.id for field in asked if field.is_required]
    words, changed = check_visit(required, [field.id for field in asked], fields, change, why)
    said = statement(
        *(VISIT, new_id(), changed.value),
        person_id=person_id,
        words={"fields": words, "why": why.strip()},
        by=by,
        now=now,
    )
    integration.say(by.scope, said)
    tell_screens(said.programme_id, person_id)
    return said.subject, AuditNote(f"visit:{said.subject}", said.programme_id, person_id, why=changed.value)
