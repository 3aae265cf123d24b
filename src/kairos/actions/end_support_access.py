"""End a support person's access, at once: every link of theirs is closed."""

from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.actions.home_statements import state, stated
from kairos.domain.protocols.at_home import StatementKind, check_may_act
from kairos.domain.sessions.home_links import HomeLink
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import links
from kairos.vocab.people import Actor, Permission


@command("end_support_access", Permission.PREPARE_HOME)
def end_support_access(
    *, person_id: UUID, subject: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[int, AuditNote]:
    """End it, and return how many links were closed. No dose at home until somebody is named again.

    Raises
    ------
    NotAllowed    it has ended already
    """
    check_may_act(stated(by.scope, person_id), subject)
    programme_id = programme_of(by.scope, person_id)
    state(
        StatementKind.SUPPORT_ENDED, subject, programme_id=programme_id, person_id=person_id, by=by, now=now
    )
    closed = links.revoke_purposes(by.scope, person_id, [HomeLink.SUPPORT, HomeLink.TRAINING])
    note = AuditNote(f"support_person:{subject}", programme_id, person_id, "ended", {"links": closed})
    return closed, note
