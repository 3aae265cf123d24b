"""The device an entry was made on: what its clock said, how wrong it was, what its maker had seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDevice:
    """Where and when an entry was made, by the device itself.

    ``at`` is the device's own clock; ``ahead_s`` by how many seconds that clock was ahead of the server's
    when both were last compared before the entry; ``moved_s`` by how many seconds the device's clock was set
    differently between that and the sending. ``seen`` is the place of the last entry that the screen
    showed; ``id`` tells two devices apart and says nothing else. ``pen`` is who wrote it on a sheet of paper,
    where it was copied from one.
    """

    at: datetime
    ahead_s: float = 0.0
    moved_s: float = 0.0
    seen: int | None = None
    id: str = ""
    pen: str = ""

    @property
    def made_at(self) -> datetime:
        """When it was made, by the server's clock."""
        return self.at - timedelta(seconds=self.ahead_s)
