"""The session sheet on paper: at which minutes it asks for what, and what was written on it, taken in later.

What was written is added beside what is on record, never over it. Where something of the same kind stands
within minutes of a line, whoever enters it sees both and says which lines are new.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.readings import check_reading
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.sessions.events import (
    DissociationRated,
    DissociationScale,
    Event,
    SedationRated,
    SessionEntry,
    Source,
    VitalsRecorded,
)
from kairos.domain.sessions.state import as_reading
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.quantities import MINUTE

SAME_WITHIN = "paper.same_within"
_SIGNS = ("systolic", "diastolic", "heart_rate", "oxygen", "breathing")
_SCALES = {"sedation": range(6), "detachment": range(11)}
"""MOAA/S from 0 to 5; detachment from 0 to 10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One line of a filled sheet: when, and what was read then, in the units of a reading.

    ``number`` is its place on the sheet, for words about it.
    """

    true_at: datetime
    number: int = 0
    systolic: float | None = None
    diastolic: float | None = None
    heart_rate: float | None = None
    oxygen: float | None = None
    breathing: float | None = None
    sedation: int | None = None
    detachment: int | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        """What it says happened."""
        signs = {name: getattr(self, name) for name in _SIGNS}
        found: list[Event] = []
        if any(value is not None for value in signs.values()):
            found.append(VitalsRecorded(source=Source.TYPED, **signs))
        if self.sedation is not None:
            found.append(SedationRated(score=self.sedation))
        if self.detachment is not None:
            scale = DissociationScale.NOUGHT_TO_TEN
            found.append(DissociationRated(scale=scale, score=self.detachment))
        return tuple(found)


def check_lines(
    lines: Sequence[PaperLine], *, opened_at: datetime, now: datetime, limits: LimitsInForce
) -> None:
    """Refuse what cannot have been: no line, one without a value, before the session, ahead, out of range.

    Parameters
    ----------
    opened_at, now : aware instants between which every line must lie

    Raises
    ------
    InvalidInput    every problem, with the number of its line
    """
    if not lines:
        raise InvalidInput(Problem("", "no line was entered; copy at least one from the sheet"))
    problems = [
        Problem(f"line{line.number}", f"line {line.number}: {each.message}")
        for line in lines
        for each in _problems_of(line, opened_at, now, limits)
    ]
    if problems:
        raise InvalidInput(*problems)


def beside(
    line: PaperLine, entries: Iterable[SessionEntry], *, limits: LimitsInForce
) -> tuple[SessionEntry, ...]:
    """Return what is on record of the same kinds within minutes of a line."""
    within = limits.span(SAME_WITHIN)
    kinds = {each.type for each in line.events}
    return tuple(
        entry
        for entry in entries
        if entry.event.type in kinds and abs(entry.true_at - line.true_at) <= within
    )


def minutes_asked(protocol: TreatmentProtocol, what: str, *, limits: LimitsInForce) -> tuple[int, ...]:
    """Return the minutes from the start at which a sheet asks for something.

    Where a protocol names minutes, those; else every so long, to the least time before release.
    """
    rows = [row for row in protocol.timetable if row.what == what]
    named = {minute for row in rows for minute in row.at_minutes}
    if named or not rows:
        return tuple(sorted(named))
    every = int(min(limits.span(row.every) for row in rows) / timedelta(minutes=1))
    least = int(limits.under(protocol.limits_named).quantity("release.time_least").value_in(MINUTE))
    return tuple(range(0, least + 1, every))


def _problems_of(
    line: PaperLine, opened_at: datetime, now: datetime, limits: LimitsInForce
) -> Iterable[Problem]:
    if not line.events:
        yield Problem("", "has a time and no value; copy a value, or clear the time")
    if line.true_at < opened_at:
        yield Problem("", "lies before the session was opened; check the time")
    if line.true_at > now:
        yield Problem("", "lies ahead of now; check the time")
    for name, scale in _SCALES.items():
        value = getattr(line, name)
        if value is not None and value not in scale:
            yield Problem(name, f"{name} must be {scale[0]} to {scale[-1]}")
    for event in line.events:
        if isinstance(event, VitalsRecorded):
            yield from _impossible(event, line.true_at, now, limits)


def _impossible(
    event: VitalsRecorded, true_at: datetime, now: datetime, limits: LimitsInForce
) -> tuple[Problem, ...]:
    try:
        check_reading(as_reading(event, min(true_at, now), ""), now=now, limits=limits)
    except InvalidInput as error:
        return tuple(Problem(p.field, f"{p.field.replace('_', ' ')} {p.message}") for p in error.problems)
    return ()
