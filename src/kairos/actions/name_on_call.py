"""Name somebody for a duty of the on-call roster."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.actions.stock_ledger import site_of
from kairos.domain.protocols.on_call import Duty, check_duty
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import accounts
from kairos.store.repositories import on_call as roster
from kairos.store.repositories.on_call import DutyEntry
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission, Role

ROSTER = "on_call"
"""The topic that tells screens that the roster changed."""


@command("name_on_call", Permission.KEEP_ON_CALL)
def name_on_call(
    *, programme_id: UUID, duty: Duty, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep a duty; it stands before those entered earlier for the same time.

    Raises
    ------
    InvalidInput    it never runs, is over, or the person named is not one it is for
    NotAllowed      another programme's, or a site of another one
    Missing         no such site within the scope
    """
    if duty.site_id is not None and site_of(by.scope, duty.site_id).programme_id != programme_id:
        raise NotAllowed("this site is another programme's; choose one of this programme")
    held = accounts.memberships_of(duty.who)
    roles = frozenset(Role(each.role) for each in held if each.programme_id == programme_id)
    check_duty(duty, roles=roles, today=now.astimezone(ZoneInfo(duty.zone)).date())
    entry = DutyEntry(
        id=new_id(),
        programme_id=programme_id,
        site_id=duty.site_id,
        step=duty.step.value,
        who=duty.who,
        weekdays=tuple(sorted(duty.weekdays)),
        starts=duty.starts,
        ends=duty.ends,
        first_day=duty.first_day,
        last_day=duty.last_day,
        by=by.id,
        true_at=now,
    )
    roster.add_duty(by.scope, entry)
    changed(programme_id=programme_id, topic=ROSTER, subject=entry.id)
    details = {"step": entry.step, "who": str(entry.who)}
    return entry.id, AuditNote(f"duty:{entry.id}", programme_id, why=entry.step, details=details)
