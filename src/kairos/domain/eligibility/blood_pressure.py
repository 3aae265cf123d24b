"""Blood pressure before a course: the mean of readings on different days."""

from dataclasses import dataclass
from datetime import date, timedelta

from kairos.domain.rules.answer import Answer, ids
from kairos.domain.rules.case import Case, Entry
from kairos.domain.rules.evaluation import Binding, Plan
from kairos.domain.rules.expression import MeanPressure, Operator
from kairos.domain.rules.readings import is_usable, not_usable
from kairos.vocab.facts import Fact, Presence
from kairos.vocab.finding import FindingValue
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import MMHG, Quantity
from kairos.vocab.verdict import Verdict

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


def bind_mean_pressure(binding: Binding, expression: MeanPressure) -> Plan:
    """Bind the question whether the mean over the newest days with readings lies beyond a limit.

    With ``newest_day_alone`` the newest day suffices to be beyond: a single day at the limit at which
    nobody is dosed needs no second one to wait for. Too few days are unknown otherwise, and so is a value
    that could not be used, unless what could be used defers already.
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
    return [e for e in case.readings(concept) if e.first >= opens and is_usable(e, MMHG, case)]


def _not_used(case: Case, readings: list[Pressure], since: date) -> Entry | None:
    """Return the newest part of a reading, not before a day, that no whole and plausible reading holds."""
    whole = {reading.pairing for reading in readings}
    left = [
        e
        for concept in (SYSTOLIC, DIASTOLIC)
        for e in case.readings(concept)
        if e.last >= since
        and e.fact.presence is not Presence.ABSENT
        and not (_pairing(e) in whole and is_usable(e, MMHG, case))
    ]
    return max(left, key=lambda e: (e.last, e.fact.id), default=None)


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
    if not by_day:
        unread = _not_used(case, [], case.on - limits.window)
        if unread is not None:
            return not_usable(unread)
        return Answer(Verdict.UNKNOWN, "blood_pressure.none", {"days": str(limits.days)}, rank=0)
    newest = by_day[max(by_day)]
    if limits.alone and limits.is_beyond(*_mean(newest)):
        message = "blood_pressure.newest_beyond" if limits.inclusive else "blood_pressure.newest_above"
        return _answer(Verdict.MET, message, newest, limits, 1)
    used = sorted(by_day)[-limits.days :]
    taken = [reading for day in used for reading in by_day[day]]
    beyond = len(used) == limits.days and limits.is_beyond(*_mean(taken))
    unread = None if beyond and limits.alone else _not_used(case, readings, used[0])
    if unread is not None:
        return not_usable(unread)
    if len(used) < limits.days:
        return _answer(Verdict.UNKNOWN, "blood_pressure.too_few_days", taken, limits, len(used))
    verdict = Verdict.MET if beyond else Verdict.NOT_MET
    message = "blood_pressure.mean_beyond" if beyond else "blood_pressure.mean_within"
    return _answer(verdict, message, taken, limits, len(used))


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
        "limit": f"{limits.systolic:g}/{limits.diastolic:g} mmHg",
        "days": str(days),
        "since": PartialDate.of(max(reading.on for reading in readings)),
    }
    return Answer(verdict, message, values, ids(f for r in readings for f in r.facts), 3)
