"""How sure anyone is of a statement, and which way the evidence points. Never one without the other."""

from enum import StrEnum


class Grade(StrEnum):
    """How sure anyone is. It grades sureness, not benefit: a sure harm is graded strong as well."""

    STRONG = "strong"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"
    NONE = "none"


class Direction(StrEnum):
    """Which way what is known points."""

    FOR = "for"
    MIXED = "mixed"
    NONE_SHOWN = "none_shown"
    AGAINST = "against"
    UNKNOWN = "unknown"
