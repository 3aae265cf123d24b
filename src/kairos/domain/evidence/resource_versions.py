"""Which of two versions of one record entry is the newer one, by what the versions say of themselves."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ResourceVersion:
    """What an entry says of its own version: a number that its source counts up, and when it was changed."""

    number: str = ""
    changed_at: datetime | None = None

    def is_older_than(self, other: "ResourceVersion") -> bool:
        """Whether this version says that it came before the other.

        The instants of change are compared, then the numbers, where both have one. Where nothing can be
        compared this is false: then the version that arrives later counts as the newer one.
        """
        if self.changed_at and other.changed_at and self.changed_at != other.changed_at:
            return self.changed_at < other.changed_at
        if _counts(self.number) and _counts(other.number):
            return int(self.number) < int(other.number)
        return False


UNVERSIONED = ResourceVersion()


def _counts(number: str) -> bool:
    """Whether a version's number is one that can be counted: digits, and not absurdly many."""
    return number.isdecimal() and len(number) <= 18
