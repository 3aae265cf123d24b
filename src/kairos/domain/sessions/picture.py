"""One look at one session: everything that screens, alarms and gates are computed from, taken together.

Callers load a stream, ``replay`` it, ``look`` at it with the clock, and hand the picture on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.predose import GoNoGo, go_no_go
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.sessions.alarms import CHECK_IN_MISSED, OVERDUE, Alarm, standing_alarms
from kairos.domain.sessions.events import GoDecided, Opened, OverrideRecorded, SessionEntry
from kairos.domain.sessions.monitoring import SEVERITY, Watch, most_severe, watch
from kairos.domain.sessions.phases import BEFORE_DOSE
from kairos.domain.sessions.release import Readiness, release_readiness
from kairos.domain.sessions.state import DosingSessionState, replay
from kairos.domain.sessions.timetable import CHECK_INS, Due, gravest_first, most_overdue, next_due
from kairos.vocab.errors import Missing
from kairos.vocab.finding import Finding, FindingValue, Override
from kairos.vocab.verdict import Verdict


@dataclass(frozen=True)
class Picture:
    """A session at one moment under one protocol and one set of limits."""

    state: DosingSessionState
    protocol: TreatmentProtocol
    limits: LimitsInForce
    now: datetime

    @cached_property
    def watch(self) -> Watch:
        """What the rules of watching say."""
        return watch(self.state, self.protocol, at=self.now, limits=self.limits)

    @cached_property
    def check(self) -> GoNoGo:
        """What the same-day check amounts to, with the prescriber's reasons recorded so far."""
        return go_no_go(
            self.protocol,
            self.state.answers,
            self.state.readings,
            now=self.now,
            limits=self.limits,
            reasons=recorded_reasons(self.state),
        )

    @cached_property
    def dues(self) -> tuple[Due, ...]:
        """Everything due at the chair: the earliest first, and of those due already what can hurt."""
        is_before = self.state.phase in BEFORE_DOSE
        repeat = self.check.repeat_due_at if is_before else None
        dues = next_due(
            self.state, self.watch, limits=self.limits, repeat_due_at=repeat, protocol=self.protocol
        )
        return gravest_first(dues, self.watch, now=self.now)

    @cached_property
    def overdue(self) -> Finding:
        """Whether somebody is still looking: not met once a reading is overdue."""
        return self._absence(OVERDUE, most_overdue(self.dues, now=self.now))

    @cached_property
    def missed_check_in(self) -> Finding | None:
        """Whether a check-in was missed; None where the protocol has none."""
        if CHECK_IN_MISSED not in self.protocol.alarms:
            return None
        return self._absence(CHECK_IN_MISSED, most_overdue(self.dues, now=self.now, kinds=CHECK_INS))

    def absence(self, rule: str) -> Finding:
        """Return the finding of a rule about something missing: readings, check-ins, or a watcher."""
        return next((each for each in self.findings if each.rule == rule), self.overdue)

    def _absence(self, rule: str, late: Due | None) -> Finding:
        verdict = Verdict.MET if late is None else Verdict.NOT_MET
        alarm = self.protocol.alarm_rule(rule)
        values: dict[str, FindingValue] = {"overdue": self.limits.quantity("monitoring.overdue")}
        if late is not None:
            values.update(due_at=late.due_at, kind=late.kind.value)
        return Finding(
            rule=rule,
            ref=alarm.ref,
            verdict=verdict,
            severity=SEVERITY[alarm.level],
            message=f"{rule}.{verdict}",
            values=values,
            facts=(),
            sources=self.limits.sources("monitoring.overdue"),
        )

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding that an alarm may come from."""
        missed = self.missed_check_in
        return (*self.watch.findings, self.overdue, *([] if missed is None else [missed]))

    @cached_property
    def firing(self) -> tuple[Finding, ...]:
        """What fires now, less what a graver rule silences; give this to ``alarms_to_raise``."""
        return most_severe(self.findings, self.protocol)

    @cached_property
    def alarms(self) -> tuple[Alarm, ...]:
        """The alarms that stand, the gravest first."""
        return standing_alarms(self.state, self.protocol, self.findings, limits=self.limits)

    @cached_property
    def readiness(self) -> Readiness:
        """How the two gates of release stand."""
        return release_readiness(self.state, self.protocol, now=self.now, limits=self.limits)


def look(
    state: DosingSessionState, protocol: TreatmentProtocol, *, now: datetime, limits: LimitsInForce
) -> Picture:
    """Return the picture of a session at a moment."""
    return Picture(state, protocol, limits.under(protocol.limits_named), now)


def look_at(
    entries: Sequence[SessionEntry],
    *,
    protocols: Mapping[str, TreatmentProtocol],
    book: ParameterBook,
    now: datetime,
) -> Picture:
    """Return the picture of a stream, under the protocol it was opened with and the limits of that day.

    Raises
    ------
    Missing    the stream holds nothing, or the content has no such protocol
    """
    opened = entries[0].event if entries else None
    if not isinstance(opened, Opened) or opened.protocol not in protocols:
        raise Missing("this session has no protocol that the content knows")
    limits = LimitsInForce(book, entries[0].true_at.date())
    return look(replay(entries), protocols[opened.protocol], now=now, limits=limits)


def decide(picture: Picture) -> GoDecided:
    """Return the call on the same-day check as an event, with what it rested on."""
    check = picture.check
    return GoDecided(
        call=check.call,
        not_met=tuple(each.rule for each in check.findings if each.verdict is Verdict.NOT_MET),
        unknown=check.unanswered,
        baseline_entry=check.baseline.id if check.baseline is not None else "",
        oxygen_accepted=any(reason.rule == "predose.oxygen" for reason in recorded_reasons(picture.state)),
    )


def recorded_reasons(state: DosingSessionState) -> tuple[Override, ...]:
    """Return the prescriber's recorded reasons as the same-day check reads them."""
    return tuple(
        Override(rule=seen.event.rule, by=str(seen.by), reason=str(seen.event.reason_id), at=seen.true_at)
        for seen in state.overrides
        if isinstance(seen.event, OverrideRecorded)
    )
