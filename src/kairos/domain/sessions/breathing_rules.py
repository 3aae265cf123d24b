"""Heart, oxygen and breathing while watched. Table 2.3, rows HR-INTRA and SPO2-INTRA."""

from datetime import timedelta

from kairos.domain.protocols.readings import Reading
from kairos.domain.sessions.watched import Judgement, Watched, unbroken_run, values_of
from kairos.vocab.verdict import Verdict

_HEART = (
    "monitoring.heart_rate_high",
    "monitoring.heart_rate_high_for",
    "monitoring.heart_rate_low",
)
_OXYGEN = ("monitoring.oxygen_urgent", "monitoring.oxygen_urgent_for")


def heart_rate(watched: Watched) -> Judgement:
    """HR-INTRA: fast for long enough, slow at once, or a new arrhythmia."""
    rates = watched.readings_with("heart_rate")
    arrhythmia = watched.symptoms_that("is_arrhythmia")
    if arrhythmia:
        return Judgement(Verdict.NOT_MET, _HEART, tuple(seen.ref for seen in arrhythmia.values()))
    if not rates:
        return Judgement(Verdict.UNKNOWN, _HEART)
    newest = rates[-1]
    if _value(newest, "heart_rate") < watched.number(_HEART[2]):
        return _on(newest, Verdict.NOT_MET, _HEART)
    fast = tuple(each for each in rates if _value(each, "heart_rate") > watched.number(_HEART[0]))
    if newest not in fast:
        return _on(newest, Verdict.MET, _HEART)
    lasted = max(unbroken_run(rates, fast), timedelta(seconds=newest.heart_rate_high_s or 0))
    is_long = lasted >= watched.limits.span(_HEART[1])
    return _on(newest, Verdict.NOT_MET if is_long else Verdict.UNKNOWN, _HEART)


def oxygen_urgent(watched: Watched) -> Judgement:
    """SPO2-INTRA: under the limit for longer than stated; how long is not known asks for another reading."""
    values = watched.readings_with("oxygen")
    if not values:
        return Judgement(Verdict.UNKNOWN, _OXYGEN)
    newest = values[-1]
    low = tuple(each for each in values if _value(each, "oxygen") < watched.number(_OXYGEN[0]))
    if newest not in low:
        return _on(newest, Verdict.MET, _OXYGEN)
    limit = watched.limits.span(_OXYGEN[1])
    if max(unbroken_run(values, low), timedelta(seconds=newest.oxygen_low_s or 0)) > limit:
        return _on(newest, Verdict.NOT_MET, _OXYGEN)
    was_timed = newest.oxygen_low_s is not None
    return _on(newest, Verdict.MET if was_timed else Verdict.UNKNOWN, _OXYGEN)


def oxygen_emergency(watched: Watched) -> Judgement:
    """SPO2-INTRA: under the emergency limit, however short."""
    return _under(watched, "oxygen", "monitoring.oxygen_emergency")


def breathing_urgent(watched: Watched) -> Judgement:
    """SPO2-INTRA: breathing slower than the urgent limit."""
    return _under(watched, "breathing", "monitoring.breathing_urgent")


def breathing_emergency(watched: Watched) -> Judgement:
    """SPO2-INTRA: breathing slower than the emergency limit; nought is apnoea."""
    return _under(watched, "breathing", "monitoring.breathing_emergency")


def _under(watched: Watched, component: str, limit: str) -> Judgement:
    values = watched.readings_with(component)
    if not values:
        return Judgement(Verdict.UNKNOWN, (limit,))
    is_under = _value(values[-1], component) < watched.number(limit)
    return _on(values[-1], Verdict.NOT_MET if is_under else Verdict.MET, (limit,))


def _value(reading: Reading, component: str) -> float:
    value: float = getattr(reading, component)
    return value


def _on(reading: Reading, verdict: Verdict, named: tuple[str, ...]) -> Judgement:
    return Judgement(verdict, named, (reading.id,), values_of(reading))
