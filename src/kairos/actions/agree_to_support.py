"""Keep that a support person agrees to be there, sober, from before the dose until it is over."""

from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.actions.home_statements import state, stated
from kairos.domain.protocols.at_home import StatementKind, check_may_act, support_standing
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("agree_to_support", Permission.CHECK_IN)
def agree_to_support(
    *, person_id: UUID, subject: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep the agreement, and return its id.

    Raises
    ------
    NotAllowed    the quiz is not passed yet, or the access has ended
    """
    known = stated(by.scope, person_id)
    check_may_act(known, subject)
    if "trained" in support_standing(known, now=now).lacks:
        raise NotAllowed("the short training comes first; pass it, then agree")
    programme_id = programme_of(by.scope, person_id)
    kept = state(
        StatementKind.SUPPORT_AGREED, subject, programme_id=programme_id, person_id=person_id, by=by, now=now
    )
    return kept.id, AuditNote(f"support_person:{subject}", programme_id, person_id, why="agreed")
