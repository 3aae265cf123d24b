"""Record that a site is certified in the REMS, or no longer."""

from datetime import datetime
from uuid import UUID

from kairos.actions.clinic_days import today_at
from kairos.actions.stock_ledger import site_of
from kairos.domain.protocols.rems import RemsStatement, check_statement
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import rems
from kairos.vocab.people import Actor, Permission


@command("record_site_certification", Permission.KEEP_REMS)
def record_site_certification(
    *, site_id: UUID, statement: RemsStatement, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep what was said of a site's certification; the newest statement holds.

    Raises
    ------
    InvalidInput    no reference, or days that cannot be
    Missing         no such site within the scope
    """
    site = site_of(by.scope, site_id)
    check_statement(statement, today=today_at(by.scope, site_id, now))
    kept = rems.Certification(
        id=new_id(),
        programme_id=site.programme_id,
        site_id=site_id,
        state=statement.state.value,
        on=statement.on,
        until=statement.until,
        reference=statement.reference.strip(),
        by=by.id,
        true_at=now,
    )
    rems.add_certification(by.scope, kept)
    return kept.id, AuditNote(f"site:{site_id}", site.programme_id, why=kept.state)
