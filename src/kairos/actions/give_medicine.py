"""Record a rescue or supporting medicine that was given, and on whose word."""

from datetime import datetime
from uuid import UUID

from kairos.actions.prescribers import check_may_prescribe
from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.events import MedicineGiven
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission


@command("give_medicine", Permission.RUN_SESSION)
def give_medicine(
    *,
    session_id: UUID,
    medicine: str,
    amount: str,
    route: str,
    ordered_by: UUID,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Record a rescue or supporting medicine that was given, and on whose word.

    Raises
    ------
    InvalidInput    something is not said, or ``ordered_by`` may not prescribe in this programme
    """
    given = {"medicine": medicine, "amount": amount, "route": route}
    empty = [Problem(name, "enter what was given") for name, value in given.items() if not value.strip()]
    if empty:
        raise InvalidInput(*empty)
    event = MedicineGiven(medicine=medicine, amount=amount, route=route, ordered_by=ordered_by)

    def say(sitting: Sitting) -> list[Saying]:
        programme_id = sitting.stream.programme_id
        check_may_prescribe(by.scope, ordered_by, programme_id=programme_id, field="ordered_by")
        return [Saying(event, true_at)]

    return add_entries(session_id, say, by=by, now=now)
