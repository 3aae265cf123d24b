"""Record that the next portion of a dose was given: a device, an injection, a tablet, a lozenge."""

from datetime import date, datetime
from uuid import UUID

from kairos.actions.clinic_days import in_site_time
from kairos.actions.content_in_force import check_may_dose
from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.portions import next_portion
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("give_portion", Permission.CONTROL_INFUSION)
def give_portion(
    *,
    session_id: UUID,
    lot: str = "",
    expires_on: date | None = None,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Record the next portion of the order, in its place and amount.

    Parameters
    ----------
    lot, expires_on    as printed on the device, vial or pack

    Raises
    ------
    NotAllowed      phase or gate do not allow it, nothing is ordered or left, or in production the content
                    in force is not signed
    InvalidInput    before the rest is over, or a lot that is missing or out of date
    """

    def say(sitting: Sitting) -> list[Saying]:
        check_may_dose(by.scope, sitting.stream.programme_id)
        given = next_portion(sitting.picture, lot=lot.strip(), expires_on=expires_on)
        return [Saying(given, in_site_time(by.scope, session_id, true_at or now))]

    return add_entries(session_id, say, by=by, now=now)
