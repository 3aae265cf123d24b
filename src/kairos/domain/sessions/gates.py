"""Whether the next step is open, and if not, what opens it. Screens show it; actions enforce the same."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kairos.domain.protocols.predose import Call
from kairos.domain.sessions.events import (
    Event,
    HandedOver,
    InfusionResumed,
    InfusionStarted,
    OrderBound,
    RateChanged,
)
from kairos.domain.sessions.infusion import CONTROLS
from kairos.domain.sessions.phases import DRAWN_WITH, OF_WATCHING, OTHER_FORMS, after, is_possible
from kairos.domain.sessions.picture import Picture
from kairos.domain.sessions.portions import next_portion_at, portion_problems
from kairos.domain.sessions.watchers import check_taker
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Gate:
    """One step: open, or closed for these reasons. ``missing`` are ids of texts under ``gate.``.

    ``rules`` name the findings that keep it closed; ``opens_at`` is set where only time is left or time
    is among the reasons.
    """

    act: str
    missing: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    opens_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing keeps it closed."""
        return not self.missing


@dataclass(slots=True)
class _Reasons:
    missing: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    opens_at: datetime | None = None

    def unless(self, holds: bool, text: str, *rules: str) -> None:
        """Note what is missing, unless it holds."""
        if not holds:
            self.missing.append(f"gate.{text}")
            self.rules.extend(rules)


def gate(picture: Picture, act: str) -> Gate:
    """Return how one step stands: its phase, and what it needs besides."""
    reasons = _Reasons()
    if not _is_drawn(picture, act):
        reasons.unless(False, f"phase.{act}")
        return Gate(act, tuple(reasons.missing))
    for need in needs_of(picture, act):
        NEEDS[need](picture, reasons)
    opens_at = reasons.opens_at if reasons.missing else None
    return Gate(act, tuple(reasons.missing), tuple(dict.fromkeys(reasons.rules)), opens_at)


def needs_of(picture: Picture, act: str) -> tuple[str, ...]:
    """Return what a step needs besides its phase, as the protocol draws it."""
    walk = picture.protocol.walk
    if walk is None:
        return _EARLIER_NEEDS.get(act, ())
    step = walk.step(picture.state.phase, act)
    return step.needs if step is not None else ()


def _is_drawn(picture: Picture, act: str) -> bool:
    """Whether the grammar and the protocol both have the step; earlier protocols are infusions."""
    walk, phase = picture.protocol.walk, picture.state.phase
    drawn_as = OF_WATCHING[0] if act in OF_WATCHING else DRAWN_WITH.get(act, act)
    has_step = act not in OTHER_FORMS if walk is None else walk.step(phase, drawn_as) is not None
    return is_possible(phase, act) and has_step


def check_event(picture: Picture, event: Event, *, true_at: datetime) -> None:
    """Refuse an event that the phase, a gate, the order or the clock does not allow.

    Raises
    ------
    NotAllowed      not in this phase, or a gate is closed; the message names what opens it
    InvalidInput    a rate over the order, or a moment that cannot be
    """
    after(picture.state.phase, event.act)
    standing = gate(picture, event.act)
    if not standing.is_open:
        left = ", ".join(each.removeprefix("gate.").replace("_", " ") for each in standing.missing)
        raise NotAllowed(f"{event.act.replace('_', ' ')} is not open yet; it needs: {left}")
    if isinstance(event, OrderBound) and event.placed_by == event.verified_by:
        raise NotAllowed("a dose order is verified by someone other than who placed it; ask a second person")
    problems = (
        *_rate_problems(picture, event),
        *portion_problems(picture, event, true_at=true_at),
        *_time_problems(picture, event, true_at),
    )
    if problems:
        raise InvalidInput(*problems)
    if isinstance(event, HandedOver):
        check_taker(picture.state, event.to)
    if isinstance(event, InfusionResumed) and event.decided_by is None and stop_rule_fired(picture):
        raise NotAllowed("a stop rule has fired in this session; a prescriber decides whether to go on")


def stop_rule_fired(picture: Picture) -> bool:
    """Whether an alarm that stops the infusion was raised since it was started."""
    started = picture.state.dose.started_at
    return any(
        picture.protocol.alarm_rule(alarm.raised.rule).stops
        for alarm in picture.state.alarms.values()
        if started is not None and alarm.raised_at >= started
    )


def _identity(picture: Picture, reasons: _Reasons) -> None:
    reasons.unless(picture.state.identity_by is not None, "identity")


def _answers(picture: Picture, reasons: _Reasons) -> None:
    asked = picture.check.unanswered
    reasons.unless(not asked, "answers", *asked)


def _prescriber_reason(picture: Picture, reasons: _Reasons) -> None:
    wanted = picture.check.needs_reason
    reasons.unless(not wanted, "prescriber_reason", *wanted)


def _a_day_for_it(picture: Picture, reasons: _Reasons) -> None:
    check = picture.check
    against = [f.rule for f in check.findings if f.verdict is Verdict.NOT_MET]
    reasons.unless(check.call is not Call.STOP, "not_today", *against)
    is_held = check.call is Call.HOLD and not (check.unanswered or check.needs_reason)
    reasons.unless(not is_held, "new_facts", *against)


def _verified_order(picture: Picture, reasons: _Reasons) -> None:
    order = picture.state.order
    fits = order is not None and order.form is picture.protocol.dose.form
    reasons.unless(fits, "verified_order")


def _fresh_baseline(picture: Picture, reasons: _Reasons) -> None:
    baseline = picture.state.baseline
    reasons.unless(baseline is not None and _is_fresh(picture, baseline.true_at), "fresh_baseline")


def _watcher(picture: Picture, reasons: _Reasons) -> None:
    reasons.unless(picture.state.watched_by is not None, "watcher")


def _condition_over(picture: Picture, reasons: _Reasons) -> None:
    stopping = _stopping(picture)
    reasons.unless(not stopping, "condition_over", *stopping)


def _gap(picture: Picture, reasons: _Reasons) -> None:
    opens_at = next_portion_at(picture)
    if opens_at is not None and picture.now < opens_at:
        reasons.unless(False, "gap")
        reasons.opens_at = opens_at


def _below_limits(picture: Picture, reasons: _Reasons) -> None:
    stopping = _stopping(picture)
    reasons.unless(not stopping, "reading_below_limits", *stopping)
    if stop_rule_fired(picture):
        unknown = [
            f.rule for f in picture.watch.asks if f.facts and picture.protocol.alarm_rule(f.rule).stops
        ]
        reasons.unless(not unknown, "repeat_reading", *unknown)


def _time(picture: Picture, reasons: _Reasons) -> None:
    readiness = picture.readiness
    reasons.unless(readiness.time.is_cleared, "time", readiness.time.rule)
    reasons.opens_at = readiness.opens_at


def _criteria(picture: Picture, reasons: _Reasons) -> None:
    for each in picture.readiness.left:
        reasons.unless(False, each.rule, each.rule)


NEEDS: dict[str, Callable[[Picture, _Reasons], None]] = {
    "identity": _identity,
    "answers": _answers,
    "prescriber_reason": _prescriber_reason,
    "a_day_for_it": _a_day_for_it,
    "verified_order": _verified_order,
    "fresh_baseline": _fresh_baseline,
    "watcher": _watcher,
    "condition_over": _condition_over,
    "gap": _gap,
    "reading_below_limits": _below_limits,
    "time": _time,
    "criteria": _criteria,
}
"""What a step of a protocol may need, by the word the content writes."""

_EARLIER_NEEDS: dict[str, tuple[str, ...]] = {
    "go_decided_go": ("identity", "answers", "prescriber_reason", "a_day_for_it"),
    "infusion_started": ("identity", "verified_order", "fresh_baseline", "condition_over"),
    "infusion_resumed": ("reading_below_limits",),
    "released": ("time", "criteria"),
}
"""What the steps of protocols need that were written before a protocol drew its own steps."""


def _stopping(picture: Picture) -> list[str]:
    return [each.rule for each in picture.firing if picture.protocol.alarm_rule(each.rule).stops]


def _is_fresh(picture: Picture, taken_at: datetime) -> bool:
    age = picture.now - taken_at
    return timedelta(0) <= age <= picture.limits.span("predose.baseline_max_age")


def _rate_problems(picture: Picture, event: Event) -> tuple[Problem, ...]:
    order = picture.state.order
    if not isinstance(event, InfusionStarted | RateChanged | InfusionResumed) or order is None:
        return ()
    if 0 < event.rate_mg_per_h <= order.rate_mg_per_h:
        return ()
    most = f"{order.rate_mg_per_h.normalize():f} mg/h"
    asked = f"must be above 0 and at most {most}, as ordered; ask for a new order"
    return (Problem("rate", asked),)


def _time_problems(picture: Picture, event: Event, true_at: datetime) -> tuple[Problem, ...]:
    tolerance = picture.limits.span("monitoring.future_tolerance")
    if true_at > picture.now + tolerance:
        minutes = tolerance.total_seconds() / 60
        return (Problem("true_at", f"lies more than {minutes:g} min ahead of now; set the device's clock"),)
    controls = picture.state.infusion.controls
    if isinstance(event, CONTROLS) and controls and true_at < controls[-1].at:
        return (Problem("true_at", "lies before the last change of the infusion; check the time"),)
    return ()
