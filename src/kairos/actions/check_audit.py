"""Verify the sealed audit on an auditor's wish; what was found is an event of its own."""

from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.verify import Verified, verify
from kairos.vocab.people import Actor, Permission


@command("check_audit", Permission.SEE_AUDIT)
def check_audit(*, command_id: UUID, by: Actor, now: datetime) -> tuple[Verified, AuditNote]:
    """Recompute the whole sealed audit, and record what was counted, or the first thing wrong."""
    found = verify()
    bad = found.first_bad
    details = {
        "rows": found.rows,
        "blocks": found.blocks,
        "bad_event": bad.event if bad else None,
        "bad_block": bad.block if bad else None,
    }
    return found, AuditNote("audit:all", why="whole" if found.ok else "not_whole", details=details)
