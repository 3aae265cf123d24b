"""The same-day go or no-go before a dose: every item a finding, and one call from all of them.

A pressure is decided on the repeat reading after a rest: a first reading above a limit only opens
the repeat. What was not answered asks and never passes. Rows S-060, BP-PRE-*, HR-PRE, SPO2-PRE,
INTOX, UDS, SITE-READY.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from kairos.domain.protocols.dose_rules import Baseline
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.readings import Reading, in_time
from kairos.domain.protocols.treatment_protocol import CheckItem, CheckKind, TreatmentProtocol
from kairos.vocab.finding import Finding, FindingValue, Override
from kairos.vocab.quantities import MMHG, PER_MINUTE, PERCENT, Quantity
from kairos.vocab.verdict import Severity, Verdict

_Test = Callable[[Reading, LimitsInForce], bool]
NEVER = "never"
NOT_SURE = "not_sure"


class Call(StrEnum):
    """What the check amounts to: go on, hold until something changes, or no dose today."""

    GO = "go"
    HOLD = "hold"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """What was answered to one item: a word of the item, ``never``, ``not_sure``, or an instant."""

    item: str
    answer: str | datetime
    entry: str = ""


@dataclass(frozen=True, slots=True)
class GoNoGo:
    """The call and everything behind it.

    ``unanswered`` and ``repeat_due_at`` say what to ask next; ``needs_reason`` lists the rules that
    a prescriber may pass with a reason and has not yet.
    """

    call: Call
    findings: tuple[Finding, ...]
    unanswered: tuple[str, ...]
    needs_reason: tuple[str, ...]
    baseline: Reading | None
    repeat_due_at: datetime | None


def go_no_go(
    protocol: TreatmentProtocol,
    answers: Mapping[str, CheckAnswer],
    readings: Iterable[Reading],
    *,
    now: datetime,
    limits: LimitsInForce,
    reasons: Sequence[Override] = (),
    usual_oxygen: float | None = None,
) -> GoNoGo:
    """Return the call for a dose now.

    Parameters
    ----------
    answers : by item id        the newest answer to each item
    readings : any order        vital signs of this visit
    reasons : overrides         a prescriber's reasons for going on despite a caution or relative finding
    usual_oxygen : %            a lower usual saturation, where a clinician accepted one

    Returns
    -------
    GoNoGo    go only if every finding is met, or is passed by a prescriber's reason
    """
    taken = in_time(reading for reading in readings if reading.true_at <= now)
    words = {item: str(given.answer) for item, given in answers.items()}
    findings = (
        *(check_finding(item, answers.get(item.id), now=now, limits=limits) for item in protocol.checks),
        *sign_findings(protocol.baseline, words, taken, usual_oxygen, now=now, limits=limits),
    )
    excused = {reason.rule for reason in reasons if reason.reason.strip()}
    return GoNoGo(
        call=_call(findings, excused),
        findings=findings,
        unanswered=tuple(f.rule for f in findings if f.verdict is Verdict.UNKNOWN),
        needs_reason=tuple(f.rule for f in findings if _may_be_excused(f) and f.rule not in excused),
        baseline=_deciding(protocol.baseline, taken, now, limits),
        repeat_due_at=_repeat_due_at(taken, limits),
    )


def sign_findings(
    baseline: Baseline,
    words: Mapping[str, str],
    taken: Sequence[Reading],
    usual_oxygen: float | None,
    *,
    now: datetime,
    limits: LimitsInForce,
) -> tuple[Finding, ...]:
    """Return the findings of the vital signs that a protocol asks for, each as grave as it says.

    Parameters
    ----------
    words : by item id    the answers of the check, for signs that are asked for only after some answers
    """
    has_few = _is_short_of_readings(baseline, taken, now, limits)
    found = (
        *pressure_findings(() if has_few else taken, now=now, limits=limits),
        heart_rate_finding(taken, now=now, limits=limits),
        oxygen_finding(taken, usual_oxygen, now=now, limits=limits),
        breathing_finding(taken, now=now, limits=limits),
    )
    signs = [(finding.rule.removeprefix("predose."), finding) for finding in found]
    return tuple(
        replace(finding, severity=baseline.severities[sign])
        for sign, finding in signs
        if baseline.asks(sign, words)
    )


def _deciding(
    baseline: Baseline, taken: Sequence[Reading], now: datetime, limits: LimitsInForce
) -> Reading | None:
    if _is_short_of_readings(baseline, taken, now, limits):
        return None
    return deciding_pressure(taken, limits=limits)


def _is_short_of_readings(
    baseline: Baseline, taken: Sequence[Reading], now: datetime, limits: LimitsInForce
) -> bool:
    """Whether fewer pressures stand than are asked for; a hard one found already is not waited on."""
    complete = [each for each in taken if each.has_both_pressures and is_fresh(each, now, limits)]
    return len(complete) < baseline.readings and not any(_is_hard(each, limits) for each in complete)


def check_finding(
    item: CheckItem, answer: CheckAnswer | None, *, now: datetime, limits: LimitsInForce
) -> Finding:
    """Return what one item of the check amounts to; no answer, or not sure, is UNKNOWN."""
    verdict, severity = _judged(item, answer, now, limits)
    values: dict[str, FindingValue] = {}
    if answer is not None:
        values["answer"] = answer.answer
    if item.least:
        is_graver = verdict is Verdict.NOT_MET and severity is item.graver_fails
        values["least"] = limits.quantity(item.graver_least if is_graver else item.least)
    return Finding(
        rule=f"predose.{item.id}",
        ref=item.ref,
        verdict=verdict,
        severity=severity,
        message=f"predose.{item.id}.{verdict}",
        values=values,
        facts=(answer.entry,) if answer is not None and answer.entry else (),
        sources=item.sources,
    )


def pressure_findings(
    taken: Sequence[Reading], *, now: datetime, limits: LimitsInForce
) -> tuple[Finding, Finding]:
    """Return BP-PRE-CAUTION and BP-PRE-HARD, both decided on the repeat reading where one is needed.

    A repeat that was hard once stays hard: a third reading does not buy the day back.
    """
    deciding = deciding_pressure(taken, limits=limits)
    repeats = _repeats(taken, limits)
    hard = next((reading for reading in repeats if _is_hard(reading, limits)), None)
    return (
        _pressure_finding(
            "caution", _verdict(deciding, now, limits, is_against=_is_cautious), deciding, limits
        ),
        _pressure_finding(
            "hard",
            Verdict.NOT_MET if hard else _verdict(deciding, now, limits, is_against=_is_hard),
            hard or deciding,
            limits,
        ),
    )


def deciding_pressure(taken: Sequence[Reading], *, limits: LimitsInForce) -> Reading | None:
    """Return the reading that decides and is the baseline: the newest, or the newest repeat after a rest.

    None where nothing was taken, or a first reading above a limit still waits for its repeat.
    """
    repeats = _repeats(taken, limits)
    if _first_above(taken, limits) is None:
        complete = [reading for reading in taken if reading.has_both_pressures]
        return complete[-1] if complete else None
    return repeats[-1] if repeats else None


def heart_rate_finding(taken: Sequence[Reading], *, now: datetime, limits: LimitsInForce) -> Finding:
    """Return HR-PRE on the newest heart rate."""
    high, low = limits.quantity("predose.heart_rate_high"), limits.quantity("predose.heart_rate_low")
    return _component_finding(
        "heart_rate",
        "HR-PRE",
        taken,
        now,
        limits,
        against=lambda rate: rate > high.value_in(PER_MINUTE) or rate < low.value_in(PER_MINUTE),
        bounds={"high": high, "low": low},
        unit=PER_MINUTE,
        sources=limits.sources("predose.heart_rate_high", "predose.heart_rate_low"),
    )


def oxygen_finding(
    taken: Sequence[Reading], usual: float | None, *, now: datetime, limits: LimitsInForce
) -> Finding:
    """Return SPO2-PRE on the newest saturation; a known usual value adds the limit on the fall from it."""
    low, fall = limits.quantity("predose.oxygen_low"), limits.quantity("predose.oxygen_fall")

    def against(value: float) -> bool:
        return value < low.value_in(PERCENT) or (usual is not None and value < usual - fall.value_in(PERCENT))

    return _component_finding(
        "oxygen",
        "SPO2-PRE",
        taken,
        now,
        limits,
        against=against,
        bounds={"low": low, "fall": fall},
        unit=PERCENT,
        sources=limits.sources("predose.oxygen_low", "predose.oxygen_fall"),
    )


def breathing_finding(taken: Sequence[Reading], *, now: datetime, limits: LimitsInForce) -> Finding:
    """Return whether the newest breathing rate is high enough to start; part of the baseline of 2.3."""
    low = limits.quantity("predose.breathing_low")
    return _component_finding(
        "breathing",
        "S-065",
        taken,
        now,
        limits,
        against=lambda rate: rate < low.value_in(PER_MINUTE),
        bounds={"low": low},
        unit=PER_MINUTE,
        sources=limits.sources("predose.breathing_low"),
    )


def _call(findings: Sequence[Finding], excused: set[str]) -> Call:
    against = [f for f in findings if f.verdict is Verdict.NOT_MET]
    if any(f.severity is Severity.ABSOLUTE for f in against):
        return Call.STOP
    if any(f.verdict is Verdict.UNKNOWN for f in findings):
        return Call.HOLD
    if all(_may_be_excused(f) and f.rule in excused for f in against):
        return Call.GO
    return Call.HOLD


def _may_be_excused(finding: Finding) -> bool:
    lifts = finding.severity in (Severity.CAUTION, Severity.RELATIVE)
    return finding.verdict is Verdict.NOT_MET and lifts


def _judged(
    item: CheckItem, answer: CheckAnswer | None, now: datetime, limits: LimitsInForce
) -> tuple[Verdict, Severity]:
    if answer is None or answer.answer == NOT_SURE:
        return Verdict.UNKNOWN, _gravest(item)
    if item.kind is CheckKind.SINCE:
        return _judged_since(item, answer.answer, now, limits)
    if answer.answer not in item.answers:
        return Verdict.UNKNOWN, _gravest(item)
    severity = item.answers[str(answer.answer)]
    return (Verdict.MET, _gravest(item)) if severity is None else (Verdict.NOT_MET, severity)


def _judged_since(
    item: CheckItem, answer: str | datetime, now: datetime, limits: LimitsInForce
) -> tuple[Verdict, Severity]:
    severity = _gravest(item)
    if answer == NEVER:
        return Verdict.MET, severity
    if isinstance(answer, str) or answer > now:
        return Verdict.UNKNOWN, severity
    if now - answer >= limits.span(item.least):
        return Verdict.MET, severity
    if item.graver_fails is not None and now - answer < limits.span(item.graver_least):
        return Verdict.NOT_MET, item.graver_fails
    return Verdict.NOT_MET, item.fails or severity


def _gravest(item: CheckItem) -> Severity:
    raised = [
        severity
        for severity in (item.fails, item.graver_fails, *item.answers.values())
        if severity is not None
    ]
    return min(raised, key=list(Severity).index, default=Severity.DEFER)


def _first_above(taken: Sequence[Reading], limits: LimitsInForce) -> Reading | None:
    return next((r for r in taken if _is_cautious(r, limits) or _is_hard(r, limits)), None)


def _repeats(taken: Sequence[Reading], limits: LimitsInForce) -> tuple[Reading, ...]:
    first = _first_above(taken, limits)
    if first is None:
        return ()
    rest = limits.span("predose.rest_before_repeat")
    return tuple(r for r in taken if r.has_both_pressures and r.true_at - first.true_at >= rest)


def _repeat_due_at(taken: Sequence[Reading], limits: LimitsInForce) -> datetime | None:
    first = _first_above(taken, limits)
    if first is None or _repeats(taken, limits):
        return None
    return first.true_at + limits.span("predose.rest_before_repeat")


def _is_cautious(reading: Reading, limits: LimitsInForce) -> bool:
    return _over(reading.systolic, limits.quantity("predose.systolic_caution")) or _over(
        reading.diastolic, limits.quantity("predose.diastolic_caution")
    )


def _is_hard(reading: Reading, limits: LimitsInForce) -> bool:
    return _at_or_over(reading.systolic, limits.quantity("predose.systolic_hard")) or _at_or_over(
        reading.diastolic, limits.quantity("predose.diastolic_hard")
    )


def _over(value: float | None, limit: Quantity) -> bool:
    return value is not None and value > limit.value_in(MMHG)


def _at_or_over(value: float | None, limit: Quantity) -> bool:
    return value is not None and value >= limit.value_in(MMHG)


def _verdict(reading: Reading | None, now: datetime, limits: LimitsInForce, *, is_against: _Test) -> Verdict:
    if reading is None or not is_fresh(reading, now, limits):
        return Verdict.UNKNOWN
    return Verdict.NOT_MET if is_against(reading, limits) else Verdict.MET


def is_fresh(reading: Reading, now: datetime, limits: LimitsInForce) -> bool:
    """Whether a reading is young enough to dose on; one from the future is not."""
    return timedelta(0) <= now - reading.true_at <= limits.span("predose.baseline_max_age")


def _pressure_finding(
    limit: str, verdict: Verdict, reading: Reading | None, limits: LimitsInForce
) -> Finding:
    bounds = (f"predose.systolic_{limit}", f"predose.diastolic_{limit}")
    values: dict[str, FindingValue] = {
        "systolic_limit": limits.quantity(bounds[0]),
        "diastolic_limit": limits.quantity(bounds[1]),
    }
    values.update(_pressure_values(reading))
    rule = f"predose.blood_pressure_{limit}"
    return Finding(
        rule=rule,
        ref=f"BP-PRE-{limit.upper()}",
        verdict=verdict,
        severity=Severity.ABSOLUTE if limit == "hard" else Severity.CAUTION,
        message=f"{rule}.{verdict}",
        values=values,
        facts=(reading.id,) if reading is not None else (),
        sources=limits.sources(*bounds),
    )


def _pressure_values(reading: Reading | None) -> dict[str, FindingValue]:
    if reading is None or reading.systolic is None or reading.diastolic is None:
        return {}
    return {
        "systolic": Quantity(reading.systolic, MMHG),
        "diastolic": Quantity(reading.diastolic, MMHG),
    }


def _component_finding(
    component: str,
    ref: str,
    taken: Sequence[Reading],
    now: datetime,
    limits: LimitsInForce,
    *,
    against: Callable[[float], bool],
    bounds: Mapping[str, FindingValue],
    unit: str,
    sources: tuple[str, ...],
) -> Finding:
    measured = [reading for reading in taken if getattr(reading, component) is not None]
    newest = measured[-1] if measured and is_fresh(measured[-1], now, limits) else None
    values = dict(bounds)
    verdict = Verdict.UNKNOWN
    if newest is not None:
        value: float = getattr(newest, component)
        values["value"] = Quantity(value, unit)
        verdict = Verdict.NOT_MET if against(value) else Verdict.MET
    return Finding(
        rule=f"predose.{component}",
        ref=ref,
        verdict=verdict,
        severity=Severity.RELATIVE,
        message=f"predose.{component}.{verdict}",
        values=values,
        facts=(newest.id,) if newest is not None else (),
        sources=sources,
    )
