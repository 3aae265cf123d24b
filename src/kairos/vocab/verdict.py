"""Three-valued verdicts, the severity of a rule, and the advice a set of findings amounts to."""

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What a rule answers. ``UNKNOWN`` is never treated as ``MET``."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"

    def negated(self) -> "Verdict":
        """Return the Kleene negation: met and not met swap, unknown stays unknown."""
        return _NEGATION[self]


MET, NOT_MET, UNKNOWN = Verdict
"""Named once: Python 3.11 searches ``Verdict.MET`` anew each time, and every part of every rule asks it."""

_NEGATION = {MET: NOT_MET, NOT_MET: MET, UNKNOWN: UNKNOWN}
_ALL_MET, _ALL_NOT_MET = {MET}, {NOT_MET}


class Severity(StrEnum):
    """How much a rule that is not met weighs.

    ``ABSOLUTE``: nobody overrides it. ``RELATIVE``: a named clinician may, with a reason.
    ``DEFER``: new facts lift it. ``CAUTION``: shown and acknowledged, does not block.
    """

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    DEFER = "defer"
    CAUTION = "caution"


class Advice(StrEnum):
    """What the engine advises from all findings together. Never a decision: a clinician signs that."""

    MAY_PROCEED = "may_proceed"
    NEEDS_REVIEW = "needs_review"
    EXCLUDED = "excluded"
    INCOMPLETE = "incomplete"


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Combine by three-valued *and*; nothing to combine is ``UNKNOWN``, so that emptiness never passes."""
    seen = set(verdicts)
    if NOT_MET in seen:
        return NOT_MET
    return MET if seen == _ALL_MET else UNKNOWN


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Combine by three-valued *or*; nothing to combine is ``UNKNOWN``."""
    seen = set(verdicts)
    if MET in seen:
        return MET
    return NOT_MET if seen == _ALL_NOT_MET else UNKNOWN
