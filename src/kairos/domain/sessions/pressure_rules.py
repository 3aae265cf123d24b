"""Blood pressure while watched: alert, stop, emergency, low. Table 2.3, rows BP-*."""

from kairos.domain.protocols.readings import Reading
from kairos.domain.sessions.watched import Judgement, Watched, unbroken_run, values_of
from kairos.vocab.verdict import Verdict

_ALERT = (
    "monitoring.systolic_alert",
    "monitoring.diastolic_alert",
    "monitoring.rise_alert",
    "monitoring.systolic_rise_floor",
    "monitoring.diastolic_rise_floor",
)
_STOP = ("monitoring.systolic_stop", "monitoring.diastolic_stop")
_EMERGENCY = ("monitoring.systolic_emergency", "monitoring.diastolic_emergency")
_LOW = ("monitoring.systolic_low", "monitoring.systolic_fall")
_HUNDRED = 100


def pressure_alert(watched: Watched) -> Judgement:
    """BP-INTRA-ALERT: over an alert limit, or risen by more than the share stated and over the floor."""
    if not watched.pressures:
        return Judgement(Verdict.UNKNOWN, _ALERT)
    newest = watched.pressures[-1]
    systolic, diastolic = watched.number(_ALERT[0]), watched.number(_ALERT[1])
    fires = _over(newest.systolic, systolic) or _over(newest.diastolic, diastolic)
    fires = fires or _has_risen(watched, newest)
    return _on(newest, Verdict.NOT_MET if fires else Verdict.MET, _ALERT)


def pressure_stop(watched: Watched) -> Judgement:
    """BP-INTRA-STOP: at or over a stop limit on two readings; the first alone asks for the second."""
    return _on_two(watched, _at_stop(watched), _STOP)


def pressure_stays_high(watched: Watched) -> Judgement:
    """5.1: at or over a stop limit without a break for longer than stated is an emergency."""
    named = (*_STOP, "monitoring.stop_lasting")
    if not watched.pressures:
        return Judgement(Verdict.UNKNOWN, named)
    lasted = unbroken_run(watched.pressures, _at_stop(watched))
    is_lasting = lasted > watched.limits.span("monitoring.stop_lasting")
    return _on(watched.pressures[-1], Verdict.NOT_MET if is_lasting else Verdict.MET, named)


def pressure_emergency(watched: Watched) -> Judgement:
    """BP-EMERG: at or over an emergency limit with a symptom; high and not asked is UNKNOWN."""
    if not watched.pressures:
        return Judgement(Verdict.UNKNOWN, _EMERGENCY)
    newest = watched.pressures[-1]
    systolic, diastolic = watched.number(_EMERGENCY[0]), watched.number(_EMERGENCY[1])
    if not (_at(newest.systolic, systolic) or _at(newest.diastolic, diastolic)):
        return _on(newest, Verdict.MET, _EMERGENCY)
    if watched.symptoms_that("counts_with_pressure"):
        return _on(newest, Verdict.NOT_MET, _EMERGENCY)
    was_asked = watched.was_asked("counts_with_pressure", since=newest.true_at)
    return _on(newest, Verdict.MET if was_asked else Verdict.UNKNOWN, _EMERGENCY)


def pressure_low(watched: Watched) -> Judgement:
    """BP-LOW: under the low limit, or fallen by more than the share stated, on two readings."""
    return _on_two(watched, tuple(each for each in watched.pressures if _is_low(watched, each)), _LOW)


def marked_rise(watched: Watched, reading: Reading) -> tuple[bool, bool]:
    """Return whether the systolic and the diastolic rise reach what the label reports as marked."""
    limits = ("monitoring.systolic_rise_reported", "monitoring.diastolic_rise_reported")
    before = watched.baseline
    if before is None:
        return (False, False)
    return (
        _difference_reaches(reading.systolic, before.systolic, watched.number(limits[0])),
        _difference_reaches(reading.diastolic, before.diastolic, watched.number(limits[1])),
    )


def _on_two(watched: Watched, against: tuple[Reading, ...], named: tuple[str, ...]) -> Judgement:
    named = (*named, "monitoring.repeat_apart_least", "monitoring.repeat_apart_most")
    if not watched.pressures:
        return Judgement(Verdict.UNKNOWN, named)
    newest = watched.pressures[-1]
    if newest not in against:
        return _on(newest, Verdict.MET, named)
    earlier = watched.pair_before(newest, against)
    if earlier is None:
        return _on(newest, Verdict.UNKNOWN, named)
    return Judgement(Verdict.NOT_MET, named, (earlier.id, newest.id), values_of(newest))


def _at_stop(watched: Watched) -> tuple[Reading, ...]:
    systolic, diastolic = watched.number(_STOP[0]), watched.number(_STOP[1])
    return tuple(
        each for each in watched.pressures if _at(each.systolic, systolic) or _at(each.diastolic, diastolic)
    )


def _has_risen(watched: Watched, newest: Reading) -> bool:
    before, rise = watched.baseline, watched.number(_ALERT[2])
    if before is None:
        return False
    return (
        _rise_over(newest.systolic, before.systolic, rise)
        and _over(newest.systolic, watched.number(_ALERT[3]))
    ) or (
        _rise_over(newest.diastolic, before.diastolic, rise)
        and _over(newest.diastolic, watched.number(_ALERT[4]))
    )


def _is_low(watched: Watched, reading: Reading) -> bool:
    if reading.systolic is None:
        return False
    before = watched.baseline.systolic if watched.baseline is not None else None
    if reading.systolic < watched.number(_LOW[0]):
        return True
    return before is not None and reading.systolic * _HUNDRED < before * (_HUNDRED - watched.number(_LOW[1]))


def _over(value: float | None, limit: float) -> bool:
    return value is not None and value > limit


def _at(value: float | None, limit: float) -> bool:
    return value is not None and value >= limit


def _rise_over(value: float | None, before: float | None, share: float) -> bool:
    return value is not None and before is not None and value * _HUNDRED > before * (_HUNDRED + share)


def _difference_reaches(value: float | None, before: float | None, limit: float) -> bool:
    return value is not None and before is not None and value - before >= limit


def _on(reading: Reading, verdict: Verdict, named: tuple[str, ...]) -> Judgement:
    return Judgement(verdict, named, (reading.id,), values_of(reading))
