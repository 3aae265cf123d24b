"""Take a filled session sheet in: each line as entries of their own, with who held the pen."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.paper import PaperLine, check_lines
from kairos.domain.sessions.told import EntryDevice
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import accounts
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import GRANTS, Actor, Permission, Role

PAPER = "paper"
"""What stands in place of a device's id."""


@command("enter_paper", Permission.RUN_SESSION)
def enter_paper(
    *,
    session_id: UUID,
    pen: UUID,
    lines: tuple[PaperLine, ...],
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Add what a sheet says; it falls in its place by its own times, and nothing on record is changed.

    Parameters
    ----------
    pen : who wrote on the sheet; ``by`` is who copies it
    lines : those that are new; what is on record already is left out by whoever copies

    Raises
    ------
    InvalidInput    a line that cannot have been, or a writer who does not run sessions here
    NotAllowed      the session was not opened
    Missing         no such session within the scope
    """

    def say(sitting: Sitting) -> list[Saying]:
        _check_pen(pen, by, sitting.stream.programme_id)
        opened_at = sitting.entries[0].true_at
        check_lines(lines, opened_at=opened_at, now=now, limits=sitting.picture.limits)
        sheet = EntryDevice(at=now, id=PAPER, pen=str(pen))
        in_order = sorted(lines, key=lambda line: line.true_at)
        return [Saying(event, line.true_at, made_on=sheet) for line in in_order for event in line.events]

    return add_entries(session_id, say, by=by, now=now, why="enter_paper")


def _check_pen(pen: UUID, by: Actor, programme_id: UUID) -> None:
    """Refuse a writer who may not run a session of this programme."""
    if pen == by.id:
        return
    held = accounts.memberships_of(pen)
    roles = {Role(each.role) for each in held if each.programme_id == programme_id}
    if roles.isdisjoint(GRANTS[Permission.RUN_SESSION]):
        raise InvalidInput(Problem("pen", "this person does not run sessions here; name who held the pen"))
