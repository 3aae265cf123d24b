"""Two gates before somebody goes home: time, and criteria. Neither opens the door alone. Table 2.4.

A clinician may override vitals, mobility, nausea and detachment with a reason; never the time,
wakefulness, orientation, suicidality or the escort. Leaving against advice is another door.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kairos.domain.protocols.dose_rules import CountsFrom
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.readings import Reading
from kairos.domain.protocols.treatment_protocol import ReleaseItem, TreatmentProtocol
from kairos.domain.sessions.dissociation import dissociation_settled
from kairos.domain.sessions.events import (
    LeftAgainstAdvice,
    OverrideRecorded,
    ReleaseCriterionRecorded,
    Released,
    SymptomNoted,
)
from kairos.domain.sessions.phases import Phase
from kairos.domain.sessions.state import DosingSessionState, Seen
from kairos.domain.sessions.watched import Judgement, Watched, values_of
from kairos.vocab.errors import NotAllowed
from kairos.vocab.finding import Finding, FindingValue
from kairos.vocab.quantities import ONE, Quantity
from kairos.vocab.verdict import Severity, Verdict

TIME = "release.time"
VITALS = "release.vitals"
SEDATION = "release.sedation"
DISSOCIATION = "release.dissociation"
BREATHING = "release.breathing"
_TIME_LEAST = "release.time_least"
_BREATHING_LIMITS = ("release.breathing_least", "release.oxygen_least", "release.reading_max_age")
_VITALS_LIMITS = (
    "release.pressure_within",
    "release.systolic_least",
    "release.systolic_most",
    "release.diastolic_least",
    "release.diastolic_most",
    "release.systolic_ceiling",
    "release.diastolic_ceiling",
    "release.heart_rate_least",
    "release.heart_rate_most",
    "release.oxygen_least",
    "release.oxygen_fall",
    "release.reading_max_age",
)
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion as the checklist shows it. ``seen`` is the entry it rests on, if there is one."""

    finding: Finding
    seen_at: datetime | None
    seen_by: str
    can_be_overridden: bool
    override: Seen | None

    @property
    def rule(self) -> str:
        """The rule's id, such as ``release.vitals``."""
        return self.finding.rule

    @property
    def is_cleared(self) -> bool:
        """Whether it is met, or not met and rightly overridden."""
        return self.finding.verdict is Verdict.MET or self.override is not None


@dataclass(frozen=True, slots=True)
class Readiness:
    """Both gates. ``counted_from`` and ``opens_at`` say how the time runs, once the dose is over."""

    time: Criterion
    criteria: tuple[Criterion, ...]
    opens_at: datetime | None
    counted_from: datetime | None = None
    least: timedelta = timedelta(0)

    @property
    def is_ready(self) -> bool:
        """Whether the person may be released now."""
        return self.time.is_cleared and all(each.is_cleared for each in self.criteria)

    @property
    def left(self) -> tuple[Criterion, ...]:
        """The criteria that still keep the gate closed, in the order of the checklist."""
        return tuple(each for each in self.criteria if not each.is_cleared)

    @property
    def every(self) -> tuple[Criterion, ...]:
        """Time first, then the criteria."""
        return (self.time, *self.criteria)


def release_readiness(
    state: DosingSessionState, protocol: TreatmentProtocol, *, now: datetime, limits: LimitsInForce
) -> Readiness:
    """Return how both gates stand at a moment."""
    watched = Watched(state, protocol, limits.under(protocol.limits_named), now)
    asked = ((rule, *_COMPUTED[rule]) for rule in (TIME, *protocol.computed))
    time, *criteria = (
        _computed(watched, rule, ref, judge(watched), severity) for rule, ref, judge, severity in asked
    )
    counted_from, least = _counted_from(watched), watched.limits.span(_TIME_LEAST)
    return Readiness(
        time=time,
        criteria=(*criteria, *(_recorded(watched, item) for item in protocol.release)),
        opens_at=counted_from + least if counted_from is not None else None,
        counted_from=counted_from,
        least=least,
    )


def check_override(protocol: TreatmentProtocol, readiness: Readiness, rule: str) -> None:
    """Refuse an override of what nobody may override, or of what needs none.

    Raises
    ------
    NotAllowed
    """
    if rule not in protocol.overridable:
        raise NotAllowed(f"{rule} cannot be overridden by anybody; wait until it is met, or record leaving")
    found = next((each for each in readiness.every if each.rule == rule), None)
    if found is None or found.finding.verdict is Verdict.MET:
        raise NotAllowed(f"{rule} is met and needs no override")
    if found.finding.verdict is Verdict.UNKNOWN:
        raise NotAllowed(f"{rule} is not known; look first, then decide")


def release(readiness: Readiness) -> Released:
    """Return the release, or refuse it naming what is left.

    Raises
    ------
    NotAllowed
    """
    if not readiness.is_ready:
        left = [each.rule for each in readiness.every if not each.is_cleared]
        raise NotAllowed(f"release is not open yet; left: {', '.join(left)}")
    return Released(
        met=tuple(each.rule for each in readiness.every if each.finding.verdict is Verdict.MET),
        overridden=tuple(each.rule for each in readiness.every if each.finding.verdict is not Verdict.MET),
    )


def leave_against_advice(state: DosingSessionState, readiness: Readiness) -> LeftAgainstAdvice:
    """Return the record of somebody leaving before release, naming what was not met. Never a release.

    Raises
    ------
    NotAllowed    while the dose is not over: it is stopped first
    """
    if state.phase is not Phase.OBSERVING:
        raise NotAllowed("leaving against advice is recorded once the dose is stopped; stop it first")
    return LeftAgainstAdvice(not_met=tuple(each.rule for each in readiness.every if not each.is_cleared))


def _time(watched: Watched) -> Judgement:
    counted_from = _counted_from(watched)
    if counted_from is None:
        return Judgement(Verdict.UNKNOWN, (_TIME_LEAST,))
    opens_at = counted_from + watched.limits.span(_TIME_LEAST)
    values: dict[str, FindingValue] = {"ended_at": counted_from, "opens_at": opens_at}
    return Judgement(Verdict.MET if watched.at >= opens_at else Verdict.NOT_MET, (_TIME_LEAST,), (), values)


def _counted_from(watched: Watched) -> datetime | None:
    """Return the moment from which the least time is counted; None while the dose is not over."""
    dose = watched.state.dose
    is_first = watched.protocol.time_gate.counts_from is CountsFrom.FIRST
    return dose.started_at if is_first and dose.ended_at is not None else dose.ended_at


def _breathing(watched: Watched) -> Judgement:
    rate, oxygen = _fresh(watched, "breathing"), _fresh(watched, "oxygen")
    taken = [each for each in (rate, oxygen) if each is not None]
    if rate is None or oxygen is None:
        return Judgement(Verdict.UNKNOWN, _BREATHING_LIMITS, _ids(taken))
    breathes = float(rate.breathing or 0) >= watched.number(_BREATHING_LIMITS[0])
    passes = breathes and _oxygen_passes(watched, float(oxygen.oxygen or 0))
    values = {**values_of(oxygen), **values_of(rate)}
    return Judgement(Verdict.MET if passes else Verdict.NOT_MET, _BREATHING_LIMITS, _ids(taken), values)


def _vitals(watched: Watched) -> Judgement:
    names = [name for name in _PASSES if name != "oxygen" or watched.measures_oxygen]
    newest = {name: _fresh(watched, name) for name in names}
    taken = [each for each in newest.values() if each is not None]
    if len(taken) < len(newest) or watched.baseline is None:
        return Judgement(Verdict.UNKNOWN, _VITALS_LIMITS, _ids(taken))
    passes = all(_PASSES[name](watched, float(getattr(each, name))) for name, each in newest.items())
    values: dict[str, FindingValue] = {}
    for each in taken:
        values.update(values_of(each))
    before = {f"before_{name}": value for name, value in values_of(watched.baseline).items()}
    return Judgement(
        Verdict.MET if passes else Verdict.NOT_MET, _VITALS_LIMITS, _ids(taken), {**before, **values}
    )


def _pressure_passes(watched: Watched, component: str, value: float) -> bool:
    before: float | None = getattr(watched.baseline, component)
    if value >= watched.number(f"release.{component}_ceiling"):
        return False
    least, most = watched.number(f"release.{component}_least"), watched.number(f"release.{component}_most")
    if least <= value <= most:
        return True
    share = watched.number("release.pressure_within")
    return before is not None and abs(value - before) * _HUNDRED <= before * share


def _heart_rate_passes(watched: Watched, value: float) -> bool:
    return watched.number("release.heart_rate_least") <= value <= watched.number("release.heart_rate_most")


def _oxygen_passes(watched: Watched, value: float) -> bool:
    least, call = watched.number("release.oxygen_least"), watched.state.call
    before = watched.baseline.oxygen if watched.baseline is not None else None
    was_accepted = call is not None and call.oxygen_accepted and before is not None and before < least
    if was_accepted and before is not None:
        return value >= before - watched.number("release.oxygen_fall")
    return value >= least


_PASSES = {
    "systolic": lambda watched, value: _pressure_passes(watched, "systolic", value),
    "diastolic": lambda watched, value: _pressure_passes(watched, "diastolic", value),
    "heart_rate": _heart_rate_passes,
    "oxygen": _oxygen_passes,
}


def _sedation(watched: Watched) -> Judgement:
    named = ("release.sedation_least", "release.reading_max_age")
    rated = watched.newest_sedation()
    if rated is None or watched.at - rated[1].true_at > watched.limits.span(named[1]):
        return Judgement(Verdict.UNKNOWN, named)
    event, seen = rated
    verdict = Verdict.MET if event.score >= watched.number(named[0]) else Verdict.NOT_MET
    return Judgement(verdict, named, (seen.ref,), {"score": Quantity(event.score, ONE)})


def _dissociation(watched: Watched) -> Judgement:
    rated, ended = watched.newest_dissociation(), watched.state.dose.ended_at
    settled = dissociation_settled(watched)
    if rated is None or ended is None or rated[1].true_at < ended or _is_stale(watched, rated[1]):
        return Judgement(Verdict.UNKNOWN, settled.limits)
    return settled


def _computed(watched: Watched, rule: str, ref: str, judged: Judgement, severity: Severity) -> Criterion:
    values: dict[str, FindingValue] = {
        name.split(".", 1)[1]: watched.limits.quantity(each)
        for each in judged.limits
        for name in (each, watched.limits.name_of(each))
    }
    values.update(judged.values or {})
    finding = Finding(
        rule=rule,
        ref=ref,
        verdict=judged.verdict,
        severity=severity,
        message=f"{rule}.{judged.verdict}",
        values=values,
        facts=judged.facts,
        sources=watched.limits.sources(*judged.limits),
    )
    seen = next((each for each in watched.state.observed if each.ref in judged.facts[-1:]), None)
    return _criterion(watched, finding, seen)


def _recorded(watched: Watched, item: ReleaseItem) -> Criterion:
    seen = _counting(watched, item)
    rule, verdict = f"release.{item.id}", Verdict.UNKNOWN
    values: dict[str, FindingValue] = {}
    if seen is not None and isinstance(seen.event, ReleaseCriterionRecorded):
        values["answer"] = seen.event.answer
        meets = item.answers.get(seen.event.answer)
        if meets is not None:
            verdict = Verdict.MET if meets else Verdict.NOT_MET
    finding = Finding(
        rule=rule,
        ref=item.ref,
        verdict=verdict,
        severity=Severity.RELATIVE if item.can_be_overridden else Severity.DEFER,
        message=f"{rule}.{verdict}",
        values=values,
        facts=(seen.ref,) if seen is not None else (),
        sources=item.sources,
    )
    return _criterion(watched, finding, seen)


def _counting(watched: Watched, item: ReleaseItem) -> Seen | None:
    """Return the newest look that still counts: after the dose, young enough, and not overtaken."""
    seen, ended = watched.state.criteria.get(item.id), watched.state.dose.ended_at
    if seen is None or ended is None or seen.true_at < ended or _is_stale(watched, seen):
        return None
    if item.id == "nausea" and _vomited_since(watched, seen.true_at):
        return None
    return seen


def _vomited_since(watched: Watched, since: datetime) -> bool:
    return any(
        isinstance(each.event, SymptomNoted) and each.true_at > since
        for each in watched.symptoms_that("is_vomiting").values()
    )


def _criterion(watched: Watched, finding: Finding, seen: Seen | None) -> Criterion:
    can_be = finding.rule in watched.protocol.overridable
    return Criterion(
        finding=finding,
        seen_at=seen.true_at if seen is not None else None,
        seen_by=str(seen.by) if seen is not None else "",
        can_be_overridden=can_be,
        override=_standing_override(watched, finding, seen) if can_be else None,
    )


def _standing_override(watched: Watched, finding: Finding, seen: Seen | None) -> Seen | None:
    """Return the newest override of a finding that is not met; a newer look makes it lapse."""
    if finding.verdict is not Verdict.NOT_MET:
        return None
    standing = [
        each
        for each in watched.state.overrides
        if isinstance(each.event, OverrideRecorded)
        and each.event.rule == finding.rule
        and each.true_at <= watched.at
        and (seen is None or each.true_at >= seen.true_at)
    ]
    return standing[-1] if standing else None


def _fresh(watched: Watched, component: str) -> Reading | None:
    measured, ended = watched.readings_with(component), watched.state.dose.ended_at
    if not measured or ended is None or measured[-1].true_at < ended:
        return None
    is_young = watched.at - measured[-1].true_at <= watched.limits.span("release.reading_max_age")
    return measured[-1] if is_young else None


def _is_stale(watched: Watched, seen: Seen) -> bool:
    age = watched.at - seen.true_at
    return age < timedelta(0) or age > watched.limits.span("release.criterion_max_age")


_COMPUTED: dict[str, tuple[str, Callable[[Watched], Judgement], Severity]] = {
    TIME: ("S-075", _time, Severity.ABSOLUTE),
    VITALS: ("MON-03", _vitals, Severity.RELATIVE),
    BREATHING: ("S-065", _breathing, Severity.DEFER),
    SEDATION: ("S-064", _sedation, Severity.DEFER),
    DISSOCIATION: ("S-063", _dissociation, Severity.RELATIVE),
}
COMPUTED = tuple(_COMPUTED)
"""The criteria that follow from readings and ratings; a protocol says which of them it asks."""


def _ids(readings: list[Reading]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.id for each in readings))
