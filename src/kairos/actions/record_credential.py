"""Record that somebody's licence for a role was looked at, where, when, and until when it holds."""

from datetime import UTC, datetime
from uuid import UUID

from kairos.actions.programmes import check_ours
from kairos.domain.protocols.credentials import Credential, check_credential
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import account_keeping, credentials
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission, Role


@command("record_credential", Permission.KEEP_READINESS)
def record_credential(
    *,
    programme_id: UUID,
    user_id: UUID,
    role: Role,
    found: Credential,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep a check. From the day after its last one the log-in has the role no longer, until a newer check.

    Raises
    ------
    InvalidInput    what the check does not say
    Missing         no such programme, or nobody with this role in it
    """
    check_ours(by.scope, programme_id)
    check_credential(found, role, today=now.astimezone(UTC).date())
    held = {
        (each.user_id, each.role)
        for each in account_keeping.staff_memberships(by.scope)
        if each.programme_id == programme_id
    }
    if (user_id, role.value) not in held:
        raise Missing("nobody of this programme has this role; look at the list again")
    kept = credentials.KeptCredential(new_id(), programme_id, user_id, role.value, found, by.id, now)
    credentials.add_credential(by.scope, kept)
    told = {"role": role.value, "until": found.until.isoformat()}
    return kept.id, AuditNote(f"user:{user_id}", programme_id, why="credential", details=told)
