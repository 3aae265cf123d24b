"""Record that the patient took the dose at home, as ordered; the timer starts from here."""

from datetime import datetime
from uuid import UUID

from kairos.actions.clinic_days import in_site_time
from kairos.actions.content_in_force import check_may_dose
from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.rules.target import Setting
from kairos.domain.sessions.portions import next_portion
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("confirm_home_dose", Permission.CHECK_IN)
def confirm_home_dose(
    *, session_id: UUID, true_at: datetime | None = None, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Record the next portion of the order. What is taken is what was ordered: nothing is typed.

    Raises
    ------
    NotAllowed    not a session at home, not the patient's or the team's to say, or a gate is closed
    """

    def say(sitting: Sitting) -> list[Saying]:
        if sitting.picture.protocol.setting != Setting.HOME:
            raise NotAllowed("this session is not at home; the team records the dose at the chair")
        check_may_dose(by.scope, sitting.stream.programme_id)
        return [Saying(next_portion(sitting.picture), in_site_time(by.scope, session_id, true_at or now))]

    return add_entries(session_id, say, by=by, now=now)
