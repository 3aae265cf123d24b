"""What each part of a screen needs. Views build these; ``design/parts/*.html`` draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

LEVEL_WORDS: dict[str, Words] = {
    "info": _("For information"),
    "due": _("Due"),
    "caution": _("Caution"),
    "urgent": _("Urgent"),
    "emergency": _("Emergency"),
    "unknown": _("Not known"),
    "done": _("On time"),
}
NOT_MEASURED = _("Not measured")
LEVEL_ICONS = {**{level: level for level in LEVEL_WORDS}, "done": "ok"}
GRADE_WORDS: dict[str, Words] = {
    "strong": _("Strong"),
    "moderate": _("Moderate"),
    "low": _("Low"),
    "very_low": _("Very low"),
    "none": _("None"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmBanner:
    """Who must do what by when. ``promise`` words the button as what the person takes on."""

    key: str
    level: str
    what: Words
    then: Words
    action_url: str = ""
    command_id: UUID | None = None
    promise: Words = ""
    shortcut: str = ""
    is_new: bool = False
    is_taken: bool = False
    open_url: str = ""
    open_words: Words = ""

    @property
    def level_word(self) -> Words:
        """The level as a word, so that colour never stands alone."""
        return LEVEL_WORDS[self.level]


@dataclass(frozen=True, slots=True)
class FactChip:
    """One fact a finding rests on; ``url`` opens the original entry."""

    words: Words
    url: str = ""


@dataclass(frozen=True, slots=True)
class Touch:
    """Which routes a finding touches, and how; ``severity`` gives it a shape of its own."""

    word: Words
    routes: Words
    severity: str = ""

    @property
    def look(self) -> str:
        """The class of its severity; that of something not known where it has none of its own."""
        return _FINDING_LOOKS[self.severity][0] if self.severity else "none"

    @property
    def icon(self) -> str:
        """The shape of its severity; that of a question where it has none of its own."""
        return _FINDING_LOOKS[self.severity][1] if self.severity else "unknown"


_FINDING_LOOKS: dict[str, tuple[str, str, Words]] = {
    "absolute": ("excl", "emergency", _("Excludes")),
    "defer": ("notyet", "urgent", _("Not yet")),
    "relative": ("reason", "caution", _("Needs your reason")),
    "caution": ("infoc", "info", _("For information")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingCard:
    """One finding that speaks against going on. ``severity`` is that of ``vocab.verdict``."""

    rule: str
    severity: str
    title: Words
    because: Words
    source: Words
    version: str
    facts: Sequence[FactChip] = ()
    touches: Sequence[Touch] = ()
    reason_field: BoundField | None = None
    said: Words = ""

    @property
    def look(self) -> str:
        """The class of its severity."""
        return _FINDING_LOOKS[self.severity][0]

    @property
    def icon(self) -> str:
        """The shape of its severity."""
        return _FINDING_LOOKS[self.severity][1]

    @property
    def word(self) -> Words:
        """The word of its severity, or a more exact one such as "Excludes one route"."""
        return self.said or _FINDING_LOOKS[self.severity][2]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question; its words say who said so."""

    value: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCard:
    """Something not known, worded as the question to ask aloud. "Not sure" is always an answer."""

    rule: str
    title: Words
    because: Words
    answers: Sequence[Answer]
    action_url: str
    command_id: UUID
    waits: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A button that opens only when something holds, and says what. Closed, it can still be focused."""

    name: str
    words: Words
    is_open: bool
    opens_when: Words = ""
    is_primary: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistRow:
    """One criterion: what it is now, what is needed, who saw it, and the way to meet it."""

    criterion: Words
    now: Words
    needed: Words
    is_met: bool
    is_unknown: bool = False
    seen: Words = ""
    action_url: str = ""
    action_words: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalsTile:
    """The last value of one vital sign, with its unit and what it is compared with."""

    label: Words
    value: str
    unit: str
    baseline: Words = ""
    level: str = ""
    level_word: Words = ""
    is_old: bool = False
    nothing_words: Words = NOT_MEASURED


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to fix, and the id of the field it belongs to."""

    message: Words
    target: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach a human being."""

    words: Words
    href: str
    is_call: bool = False
    is_emergency: bool = False


@dataclass(frozen=True, slots=True)
class CrisisCard:
    """Thanks, ways to reach someone, and who has been told. Its texts come from content."""

    lead: Words
    ways: Sequence[Way]
    who_was_told: Words


@dataclass(frozen=True, slots=True)
class OrderEntry:
    """One label and value at the right of the patient strip."""

    label: Words
    value: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientStrip:
    """Who this is: name, birth date, weight with its date, allergies; Emergency at the right end."""

    name: str
    line: Words
    place: Words = ""
    order: Sequence[OrderEntry] = ()
    back_url: str = ""
    back_words: Words = ""
    emergency_url: str = ""
    command_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the moment rule, in minutes from its start. ``look``: bed, bed out, past."""

    look: str
    start_min: float
    end_min: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A line on the moment rule. ``look``: now, dueline, late, urg, gate."""

    look: str
    at_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentRule:
    """One strip of time with a tall *now*; ``label`` tells the same in words."""

    label: Words
    length_min: float
    stretches: Sequence[Stretch]
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Countdown:
    """How a due time reads: whole minutes, or seconds where asked for; past due is "late"."""

    number: int | Words
    unit: Words


MINUTE_S = 60


def count_down(due_at: datetime, now: datetime, *, seconds: bool = False) -> Countdown:
    """Return number and unit from ``now`` to ``due_at``. A started minute counts until it is over.

    From the moment it is due until a whole minute has gone it is simply due now.
    """
    left_s = (due_at - now).total_seconds()
    if seconds and 0 <= left_s < MINUTE_S:
        return Countdown(int(left_s), _("s"))
    if left_s > 0:
        return Countdown(int(-(-left_s // MINUTE_S)), _("min"))
    if left_s > -MINUTE_S:
        return Countdown(_("now"), "")
    return Countdown(int(-left_s // MINUTE_S), _("min late"))
