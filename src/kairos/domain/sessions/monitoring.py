"""Watching during and after a dose: every rule of the threshold table as a finding.

Each component is judged alone. Operators are as printed in the table: *over* is strict, *at or over*
is not. A two-reading rule needs both readings on the wrong side, at the distance the content states.
MET means that nothing speaks against going on; UNKNOWN asks for a reading. Replay never calls this:
what fired is recorded when it fires.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.treatment_protocol import AlarmLevel, AlarmRule, TreatmentProtocol
from kairos.domain.sessions import (
    breathing_rules,
    check_in_rules,
    condition_rules,
    pressure_rules,
    watch_rules,
)
from kairos.domain.sessions.state import DosingSessionState
from kairos.domain.sessions.watched import Judgement, Watched
from kairos.vocab.finding import Finding, FindingValue
from kairos.vocab.verdict import Severity, Verdict

RULES: dict[str, Callable[[Watched], Judgement]] = {
    "monitoring.emergency_symptom": condition_rules.emergency_symptom,
    "monitoring.blood_pressure_emergency": pressure_rules.pressure_emergency,
    "monitoring.blood_pressure_stays_high": pressure_rules.pressure_stays_high,
    "monitoring.blood_pressure_stop": pressure_rules.pressure_stop,
    "monitoring.blood_pressure_alert": pressure_rules.pressure_alert,
    "monitoring.blood_pressure_low": pressure_rules.pressure_low,
    "monitoring.heart_rate": breathing_rules.heart_rate,
    "monitoring.oxygen_emergency": breathing_rules.oxygen_emergency,
    "monitoring.oxygen_urgent": breathing_rules.oxygen_urgent,
    "monitoring.breathing_emergency": breathing_rules.breathing_emergency,
    "monitoring.breathing_urgent": breathing_rules.breathing_urgent,
    "monitoring.sedation_emergency": condition_rules.sedation_emergency,
    "monitoring.sedation_urgent": condition_rules.sedation_urgent,
    "monitoring.vomiting_sedated": condition_rules.vomiting_sedated,
    "monitoring.vomiting_repeated": condition_rules.vomiting_repeated,
    "monitoring.dissociation_lasting": condition_rules.dissociation_lasting,
    "monitoring.distress": condition_rules.distress,
    "monitoring.check_in_emergency": check_in_rules.emergency,
    "monitoring.check_in_worried": check_in_rules.worried,
    "monitoring.contact_lost": check_in_rules.contact_lost,
    **watch_rules.RULES,
}

SEVERITY = {
    AlarmLevel.EMERGENCY: Severity.ABSOLUTE,
    AlarmLevel.URGENT: Severity.DEFER,
    AlarmLevel.CAUTION: Severity.CAUTION,
}


@dataclass(frozen=True, slots=True)
class Watch:
    """All findings of one moment, and those that fire once graver ones have silenced the lesser."""

    findings: tuple[Finding, ...]
    firing: tuple[Finding, ...]
    level: AlarmLevel | None

    def finding(self, rule: str) -> Finding:
        """Return the finding of one rule."""
        return next(each for each in self.findings if each.rule == rule)

    @property
    def asks(self) -> tuple[Finding, ...]:
        """The findings that are UNKNOWN and want something measured or asked."""
        return tuple(each for each in self.findings if each.verdict is Verdict.UNKNOWN)

    def fires(self, rule: str) -> bool:
        """Whether one rule fires and is not silenced by a graver one."""
        return any(each.rule == rule for each in self.firing)


def watch(
    state: DosingSessionState, protocol: TreatmentProtocol, *, at: datetime, limits: LimitsInForce
) -> Watch:
    """Return what every rule of watching says at a moment, from what was true by then.

    Call it at ``now`` for the screens, and at the ``true_at`` of an entry that arrived late for what
    it would have raised.
    """
    watched = Watched(state, protocol, limits.under(protocol.limits_named), at)
    # What a protocol does not watch for raises nothing; what every protocol watches for is the lint's to say.
    findings = tuple(
        _finding(rule, judge(watched), watched) for rule, judge in RULES.items() if rule in protocol.alarms
    )
    firing = most_severe(findings, protocol)
    levels = [protocol.alarm_rule(each.rule).level for each in firing]
    return Watch(findings, firing, max(levels, default=None))


def most_severe(findings: Sequence[Finding], protocol: TreatmentProtocol) -> tuple[Finding, ...]:
    """Return the findings that are not met, less those that a graver one outranks."""
    against = [each for each in findings if each.verdict is Verdict.NOT_MET]
    silenced = {rule for each in against for rule in protocol.alarm_rule(each.rule).outranks}
    return tuple(each for each in against if each.rule not in silenced)


def _finding(rule: str, judged: Judgement, watched: Watched) -> Finding:
    alarm = watched.protocol.alarm_rule(rule)
    values: dict[str, FindingValue] = {
        each.split(".", 1)[1]: watched.limits.quantity(each) for each in judged.limits
    }
    values.update(judged.values or {})
    return Finding(
        rule=rule,
        ref=alarm.ref,
        verdict=judged.verdict,
        severity=SEVERITY[alarm.level],
        message=f"{rule}.{judged.verdict}",
        values=values,
        facts=judged.facts,
        sources=_sources(judged, alarm, watched),
    )


def _sources(judged: Judgement, alarm: AlarmRule, watched: Watched) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*watched.limits.sources(*judged.limits), *alarm.sources)))
