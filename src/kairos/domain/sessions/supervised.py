"""Whether a session that was held was watched from its opening until the patient left."""

from collections.abc import Sequence

from kairos.domain.sessions.events import LeftAgainstAdvice, Opened, Released, Transferred, WatchLost
from kairos.vocab.verdict import Verdict

ENDS = (Released.type, LeftAgainstAdvice.type, Transferred.type)
TOLD = (Opened.type, WatchLost.type, *ENDS)
"""The events that tell it, by type."""


def watched_throughout(types: Sequence[str]) -> Verdict:
    """Return whether the watch was never lost; UNKNOWN where opening or end are not on record.

    Parameters
    ----------
    types : sequence of str    the types of the session's events, in their order
    """
    if Opened.type not in types or not any(each in ENDS for each in types):
        return Verdict.UNKNOWN
    left = min(types.index(each) for each in ENDS if each in types)
    return Verdict.NOT_MET if WatchLost.type in types[:left] else Verdict.MET
