"""Do what has become due, each thing once, however many processes ask."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from kairos.store.command import check_permission
from kairos.store.repositories import deadlines
from kairos.store.repositories.deadlines import Deadline
from kairos.store.scope import scoped
from kairos.vocab.errors import KairosError
from kairos.vocab.people import Actor

Work = Callable[[Deadline, Actor, datetime], str]
"""Does one deadline's work by an action with ``command_id=deadline.id``; returns the outcome's code."""

RETRY_AFTER = timedelta(seconds=2)
AT_ONCE = 50

WORK: dict[str, Work] = {}
"""Which work each kind of deadline is. Modules that own a kind add it here when they are imported."""


def work_deadlines(
    *, by: Actor, now: datetime, work: Mapping[str, Work] | None = None, limit: int = AT_ONCE
) -> int:
    """Work the deadlines that are due by the database's clock, and return how many were done.

    Each is claimed, worked and marked in a transaction of its own; another process skips what is
    claimed. One that fails is put off for a moment and tried again.

    Raises
    ------
    NotAllowed    called by anyone but our own processes
    """
    check_permission(by, None)
    known = WORK if work is None else work
    done = 0
    for _ in range(limit):
        outcome = _work_one(by, now, known)
        if outcome is None:
            break
        done += outcome
    return done


def _work_one(by: Actor, now: datetime, work: Mapping[str, Work]) -> bool | None:
    """Return whether one deadline was done, or ``None`` where nothing is due."""
    claimed: Deadline | None = None
    try:
        with scoped(by.scope):
            claimed = deadlines.claim_one(by.scope, sorted(work))
            if claimed is None:
                return None
            outcome = work[claimed.kind](claimed, by, now)
            deadlines.mark_done(by.scope, claimed, outcome)
            return True
    except KairosError:
        if claimed is None:
            raise
        with scoped(by.scope):
            deadlines.put_off(by.scope, claimed, retry_after=RETRY_AFTER * 2 ** min(claimed.attempts, 8))
        return False
