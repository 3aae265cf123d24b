"""Who watches a session: one named person at every moment, changed only by an act of both.

Whoever watches offers, the other takes; until then the first remains the watcher. The cover of a break is
the same with an end, and falls back the same way. Only where the watcher has signed out or gone silent may
anybody of the team take the watch without having been asked: nobody is left to ask them.
"""

from datetime import datetime
from uuid import UUID

from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.sessions.events import HandedOver, WatchFault, WatchOffered
from kairos.domain.sessions.state import DosingSessionState
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.quantities import MINUTE

BREAK_MOST = "watching.break_most"
ABSENT = frozenset({WatchFault.SIGNED_OUT, WatchFault.SILENT})
"""The faults after which nobody is there who could offer the watch."""


def offer_watch(
    state: DosingSessionState,
    *,
    to: UUID,
    until: datetime | None,
    by: UUID,
    now: datetime,
    limits: LimitsInForce,
) -> WatchOffered:
    """Return the offer of the watch to somebody; a later offer stands in place of an earlier one.

    Parameters
    ----------
    until : datetime, optional    the end of a break that is covered; without it the watch changes for good

    Raises
    ------
    NotAllowed      somebody else watches
    InvalidInput    offered to oneself, or a break that has ended already or is too long
    """
    if state.watched_by != by:
        raise NotAllowed("only whoever watches can offer the watch; ask them, or take it where they are gone")
    if to == by:
        raise InvalidInput(Problem("to", "you watch this session already; choose somebody else"))
    most = limits.span(BREAK_MOST)
    if until is not None and not now < until <= now + most:
        minutes = limits.quantity(BREAK_MOST).value_in(MINUTE)
        raise InvalidInput(
            Problem("until", f"a break ends within {minutes:g} min; hand over for good instead")
        )
    return WatchOffered(to=to, until=until)


def take_watch(state: DosingSessionState, *, by: UUID) -> HandedOver:
    """Return the taking of the watch by whom it was offered to, or by anybody where the watcher is gone.

    Raises
    ------
    NotAllowed
    """
    check_taker(state, by)
    return HandedOver(to=by)


def check_taker(state: DosingSessionState, taker: UUID) -> None:
    """Refuse to change the watch by one person's act alone.

    Raises
    ------
    NotAllowed    the watch was not offered to this person, and the watcher is there
    """
    if taker == state.watched_by:
        raise NotAllowed("you watch this session already; nothing is left to take")
    if not may_take(state, taker):
        raise NotAllowed("the watch was not offered to you; ask whoever watches to offer it")


def may_take(state: DosingSessionState, taker: UUID) -> bool:
    """Whether somebody may take the watch now."""
    is_asked = state.offer is not None and state.offer.to == taker
    return taker != state.watched_by and (is_asked or not ABSENT.isdisjoint(state.watch_faults))
