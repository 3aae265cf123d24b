"""Facts: what is known of a person, from where, since when, and how well it was understood.

Records, people, devices and tests all arrive here as facts; every rule reads facts and nothing
else. *Absent* is itself a fact that someone or something stated: silence is not denial.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kairos.vocab.codes import Code
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity

FactValue = Quantity | Code | PartialDate | bool | str | None
FactId = str


class FactKind(StrEnum):
    """What sort of entry a fact came from; a rule names the kinds it depends on."""

    DEMOGRAPHIC = "demographic"
    CONDITION = "condition"
    MEDICATION = "medication"
    ALLERGY = "allergy"
    PROCEDURE = "procedure"
    ENCOUNTER = "encounter"
    VITAL = "vital"
    LABORATORY = "laboratory"
    SCORE = "score"
    ANSWER = "answer"


class Presence(StrEnum):
    """Whether the source says that it is so, that it is not so, or that it could not say."""

    PRESENT = "present"
    ABSENT = "absent"
    NOT_SURE = "not_sure"


PRESENT, ABSENT, NOT_SURE = Presence
"""Named once: Python 3.11 searches ``Presence.ABSENT`` anew each time, and rules ask it of every fact."""


class Understanding(StrEnum):
    """How well an entry was understood. Only ``EXACT`` can decide a rule.

    ``BROADER``: the code covers the concept and more (a stroke of unstated kind), so it asks.
    ``NOT_UNDERSTOOD``: code, status or unit unknown to the content. ``IMPLAUSIBLE``: a value no
    living person has; kept, marked, never used.
    """

    EXACT = "exact"
    BROADER = "broader"
    NOT_UNDERSTOOD = "not_understood"
    IMPLAUSIBLE = "implausible"


EXACT, BROADER, NOT_UNDERSTOOD, IMPLAUSIBLE = Understanding


class OriginKind(StrEnum):
    """Who or what stated a fact."""

    RECORD = "record"
    PERSON = "person"
    TEST = "test"
    DEVICE = "device"
    CONFIRMED_LIST = "confirmed_list"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact came from: ``ref`` leads back to the original entry, ``by`` names no person but an id."""

    kind: OriginKind
    ref: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of one person.

    ``concept`` is a Kairos clinical concept (``content/concepts``), empty where the entry was not
    understood. ``true_from`` and ``true_until`` say when it was so, in the precision of the source;
    ``recorded_at`` when it was written down. ``group`` ties parts of one reading together (systolic
    and diastolic of one measurement). ``details`` holds named parts such as ``dose``.
    """

    id: FactId
    kind: FactKind
    concept: str
    origin: Origin
    presence: Presence = Presence.PRESENT
    understanding: Understanding = Understanding.EXACT
    value: FactValue = None
    code: Code | None = None
    status: str = ""
    true_from: PartialDate | None = None
    true_until: PartialDate | None = None
    true_at: datetime | None = None
    recorded_at: datetime | None = None
    group: str = ""
    details: Mapping[str, Quantity | Code | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AskedAsOf:
    """The day a question is asked for, and whether somebody chose it.

    ``on`` is the day; ``chosen`` is true for an explicit day or "the record's newest entry". Dates
    beyond today (shifted research records) can only be compared with a chosen day.
    """

    on: date
    chosen: bool = False
