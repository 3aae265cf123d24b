"""Blood pressure before a course: the mean of readings on different days."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from kairos.domain.rules.answer import Answer, ids
from kairos.domain.rules.case import UNDATED, Case, Entry
from kairos.domain.rules.evaluation import Binding, Plan
from kairos.domain.rules.expression import MeanPressure, Operator
from kairos.domain.rules.presence import described
from kairos.domain.rules.readings import is_read, is_usable, not_dated, not_usable, undated_readings
from kairos.vocab.facts import ABSENT, Fact
from kairos.vocab.finding import FindingValue
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import MMHG, Quantity
from kairos.vocab.verdict import MET, NOT_MET, UNKNOWN, Verdict

SYSTOLIC, DIASTOLIC = "systolic_bp", "diastolic_bp"


@dataclass(frozen=True, slots=True)
class Pressure:
    """One whole reading: both parts of one measurement."""

    on: date
    systolic: float
    diastolic: float
    facts: tuple[Fact, Fact]
    pairing: str


@dataclass(frozen=True, slots=True)
class PressureLimits:
    """From where on the pressure speaks against going on, and which readings count."""

    systolic: float
    diastolic: float
    inclusive: bool
    alone: bool
    window: timedelta
    days: int

    def is_beyond(self, systolic: float, diastolic: float) -> bool:
        """Whether either part alone lies beyond its limit."""
        if self.inclusive:
            return systolic >= self.systolic or diastolic >= self.diastolic
        return systolic > self.systolic or diastolic > self.diastolic

    def is_part_beyond(self, entry: Entry) -> bool:
        """Whether one part of a reading lies beyond its own limit."""
        value = _mmhg(entry.fact)
        return self.is_beyond(value, 0) if entry.fact.concept == SYSTOLIC else self.is_beyond(0, value)

    @property
    def words(self) -> str:
        """Both limits, as they are said."""
        return f"{self.systolic:g}/{self.diastolic:g} mmHg"


def bind_mean_pressure(binding: Binding, expression: MeanPressure) -> Plan:
    """Bind the question whether the mean over the newest days with readings lies beyond a limit.

    With ``newest_day_alone`` the newest day suffices to be beyond: a single day at the limit at which
    nobody is dosed needs no second one to wait for. There one part alone suffices too, where no whole
    reading of a later day replaced it. Too few days are unknown otherwise, and so is a part that stands
    alone, a value that could not be used, and one without a date that is not known to lie within the
    limit; none of them hides what defers already.
    """
    limits = limits_of(binding, expression)
    return Plan(lambda case: _judge(case, limits), frozenset({SYSTOLIC, DIASTOLIC}))


def limits_of(binding: Binding, expression: MeanPressure) -> PressureLimits:
    """Return the limits that an expression names, with the parameters in force."""
    return PressureLimits(
        systolic=binding.quantity(expression.systolic).value_in(MMHG),
        diastolic=binding.quantity(expression.diastolic).value_in(MMHG),
        inclusive=expression.operator is Operator.AT_LEAST,
        alone=expression.newest_day_alone,
        window=binding.duration(expression.window),
        days=int(binding.quantity(expression.days).value),
    )


def pressures(case: Case, *, window: timedelta) -> list[Pressure]:
    """Return the whole, plausible readings within a time before the asked day, oldest first.

    Where a reading states its lower part twice, the higher of the two counts.
    """
    opens = case.on - window
    diastolic = {_pairing(e): e for e in sorted(_usable(case, DIASTOLIC, opens), key=_height)}
    found = []
    for entry in _usable(case, SYSTOLIC, opens):
        other = diastolic.get(_pairing(entry))
        if other is not None:
            parts = (entry.fact, other.fact)
            upper, lower = _mmhg(entry.fact), _mmhg(other.fact)
            found.append(Pressure(entry.last, upper, lower, parts, _pairing(entry)))
    return [p for p in found if p.systolic > p.diastolic]


def _usable(case: Case, concept: str, opens: date) -> list[Entry]:
    return [e for e in _since(case, concept, opens) if e.first >= opens and is_usable(e, MMHG, case)]


def _since(case: Case, concept: str, day: date) -> Sequence[Entry]:
    """Return the readings that may date from a day or later; they are in order of their last day."""
    readings = case.readings(concept)
    return readings[bisect_left(readings, day, key=_last) :]


_last = attrgetter("last")


def _not_used(case: Case, readings: list[Pressure], since: date) -> Entry | None:
    """Return the newest part of a reading, not before a day, that no whole and plausible reading holds."""
    whole = {reading.pairing for reading in readings}
    left = [
        e
        for concept in (SYSTOLIC, DIASTOLIC)
        for e in _since(case, concept, since)
        if e.fact.presence is not ABSENT and not (_pairing(e) in whole and is_usable(e, MMHG, case))
    ]
    return max(left, key=_newest, default=None)


def _pairing(entry: Entry) -> str:
    return entry.fact.group or entry.fact.id


def _height(entry: Entry) -> float:
    return _mmhg(entry.fact)


def _mmhg(fact: Fact) -> float:
    assert isinstance(fact.value, Quantity)
    return fact.value.value_in(MMHG)


def _judge(case: Case, limits: PressureLimits) -> Answer:
    readings = pressures(case, window=limits.window)
    by_day: dict[date, list[Pressure]] = {}
    for reading in readings:
        by_day.setdefault(reading.on, []).append(reading)
    used = sorted(by_day)[-limits.days :]
    taken = [reading for day in used for reading in by_day[day]]
    answer = _beyond(case, limits, by_day.get(used[-1], []) if used else [])
    if answer is not None:
        return answer
    is_enough = len(used) == limits.days
    if is_enough and limits.is_beyond(*_mean(taken)):
        return _answer(MET, "blood_pressure.mean_beyond", taken, limits, len(used))
    answer = _left_over(case, limits, readings, used[0] if used else case.on - limits.window)
    if answer is not None:
        return answer
    if is_enough:
        return _answer(NOT_MET, "blood_pressure.mean_within", taken, limits, len(used))
    if taken:
        return _answer(UNKNOWN, "blood_pressure.too_few_days", taken, limits, len(used))
    return Answer(UNKNOWN, "blood_pressure.none", {"days": str(limits.days)}, rank=0)


def _beyond(case: Case, limits: PressureLimits, newest: list[Pressure]) -> Answer | None:
    """Return that the newest day alone, or one part that stands alone since then, lies beyond a limit."""
    if not limits.alone:
        return None
    if newest and limits.is_beyond(*_mean(newest)):
        message = "blood_pressure.newest_beyond" if limits.inclusive else "blood_pressure.newest_above"
        return _answer(MET, message, newest, limits, 1)
    since = newest[0].on if newest else UNDATED
    halves = [e for e in _halves(case, limits) if e.last >= since and limits.is_part_beyond(e)]
    if not halves:
        return None
    message = "blood_pressure.half_beyond" if limits.inclusive else "blood_pressure.half_above"
    return _of_part(MET, message, max(halves, key=_newest), limits)


def _left_over(case: Case, limits: PressureLimits, readings: list[Pressure], since: date) -> Answer | None:
    """Return the unknown that names what no whole reading holds, since a day or without a date."""
    unread = _not_used(case, readings, since)
    if unread is not None:
        if unread in _halves(case, limits):
            return _of_part(UNKNOWN, "blood_pressure.half", unread, limits)
        return not_usable(unread)
    for concept in (SYSTOLIC, DIASTOLIC):
        for entry in undated_readings(case, concept):
            beyond = limits.is_part_beyond(entry) if is_read(entry, MMHG) else None
            if entry.fact.presence is not ABSENT and (beyond is not False or not readings):
                return not_dated(entry, limits.words, beyond)
    return None


def _halves(case: Case, limits: PressureLimits) -> list[Entry]:
    """Return the usable parts of readings whose other part is not there, or cannot be used."""
    opens = case.on - limits.window
    parts = {concept: _usable(case, concept, opens) for concept in (SYSTOLIC, DIASTOLIC)}
    held = {concept: {_pairing(e) for e in found} for concept, found in parts.items()}
    both = held[SYSTOLIC] & held[DIASTOLIC]
    return [e for found in parts.values() for e in found if _pairing(e) not in both]


def _newest(entry: Entry) -> tuple[date, str]:
    return entry.last, entry.fact.id


def _of_part(verdict: Verdict, message: str, entry: Entry, limits: PressureLimits) -> Answer:
    values: dict[str, FindingValue] = {
        **described(entry.fact),
        "value": Quantity(_mmhg(entry.fact), MMHG),
        "limit": limits.words,
    }
    return Answer(verdict, message, values, (entry.fact.id,), 3 if verdict is MET else 2)


def _mean(readings: list[Pressure]) -> tuple[float, float]:
    """Return the mean of the days' means: a day with many readings weighs as much as one with few."""
    days = sorted({reading.on for reading in readings})
    systolic, diastolic = 0.0, 0.0
    for day in days:
        of_day = [reading for reading in readings if reading.on == day]
        systolic += sum(reading.systolic for reading in of_day) / len(of_day)
        diastolic += sum(reading.diastolic for reading in of_day) / len(of_day)
    return round(systolic / len(days), 6), round(diastolic / len(days), 6)


def _answer(
    verdict: Verdict, message: str, readings: list[Pressure], limits: PressureLimits, days: int
) -> Answer:
    systolic, diastolic = _mean(readings)
    values: dict[str, FindingValue] = {
        "systolic": Quantity(round(systolic, 1), MMHG),
        "diastolic": Quantity(round(diastolic, 1), MMHG),
        "systolic_limit": Quantity(limits.systolic, MMHG),
        "diastolic_limit": Quantity(limits.diastolic, MMHG),
        "pressure": f"{systolic:.0f}/{diastolic:.0f} mmHg",
        "limit": limits.words,
        "days": str(days),
        "since": PartialDate.of(max(reading.on for reading in readings)),
    }
    return Answer(verdict, message, values, ids(f for r in readings for f in r.facts), 3)
