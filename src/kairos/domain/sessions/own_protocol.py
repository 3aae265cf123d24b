"""A programme's own copy of a protocol: what differs, and whether it asks less than the one it copies.

A copy may ask more: another check, a graver answer, a longer time, a reading more often, one more call.
It may never ask less; numbers are changed as own values inside their range, not here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kairos.domain.protocols.dose_rules import CountsFrom
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.treatment_protocol import AlarmRule, CheckItem, TreatmentProtocol
from kairos.domain.sessions.protocol_laws import faults_of
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.verdict import Severity

_GRAVITY = {severity: place for place, severity in enumerate(reversed(list(Severity)), start=1)}


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a copy differs: what stood there, what stands there now, and whether that asks less."""

    where: str
    before: str
    after: str
    asks_less: bool


def differences(
    base: TreatmentProtocol, own: TreatmentProtocol, *, limits: LimitsInForce
) -> tuple[Difference, ...]:
    """Return every difference between a protocol and its copy, in the order of a session."""
    return tuple(found for compare in _COMPARED for found in compare(base, own, limits))


def check_own(
    base: TreatmentProtocol, own: TreatmentProtocol, *, limits: LimitsInForce
) -> tuple[Difference, ...]:
    """Return what differs, or refuse a copy that asks less or breaks a law.

    Raises
    ------
    InvalidInput    each place where it asks less than the protocol it was copied from
    """
    found = differences(base, own, limits=limits)
    problems = [
        Problem(each.where, f"asks less: {each.after or 'nothing'} in place of {each.before or 'nothing'}")
        for each in found
        if each.asks_less
    ]
    problems += [Problem("steps", fault) for fault in faults_of(own)]
    if problems:
        raise InvalidInput(*problems)
    return found


def _frame(base: TreatmentProtocol, own: TreatmentProtocol, _limits: LimitsInForce) -> Iterator[Difference]:
    """Compare what no copy changes: route, place, dose, steps, baseline, and which limits hold."""
    for name in ("route", "setting", "dose", "walk", "baseline", "limits", "symptoms"):
        if getattr(base, name) != getattr(own, name):
            yield Difference(name, "as it was", "changed", asks_less=True)


def _checks(base: TreatmentProtocol, own: TreatmentProtocol, limits: LimitsInForce) -> Iterator[Difference]:
    kept = {item.id: item for item in own.checks}
    for item in base.checks:
        yield from _check(item, kept.pop(item.id, None), limits)
    for name in kept:
        yield Difference(f"checks.{name}", "", "asked", asks_less=False)


def _check(item: CheckItem, own: CheckItem | None, limits: LimitsInForce) -> Iterator[Difference]:
    where = f"checks.{item.id}"
    if own is None or own.kind is not item.kind:
        yield Difference(where, "asked", "", asks_less=True)
        return
    for word in dict.fromkeys((*item.answers, *own.answers)):
        before, after = item.answers.get(word), own.answers.get(word)
        if before is not after or word not in item.answers:
            is_less = _gravity(after) < _gravity(before) or (word not in item.answers and after is None)
            yield Difference(f"{where}.{word}", before or "passes", after or "passes", asks_less=is_less)
    if (item.least, item.fails) != (own.least, own.fails):
        is_shorter = limits.span(own.least) < limits.span(item.least)
        is_less = is_shorter or _gravity(own.fails) < _gravity(item.fails)
        yield Difference(where, f"{item.least}: {item.fails}", f"{own.least}: {own.fails}", is_less)


def _gravity(severity: Severity | None) -> int:
    return _GRAVITY[severity] if severity is not None else 0


def _alarms(base: TreatmentProtocol, own: TreatmentProtocol, limits: LimitsInForce) -> Iterator[Difference]:
    for rule, alarm in base.alarms.items():
        kept = own.alarms.get(rule)
        if kept is None:
            yield Difference(f"alarms.{rule}", "called", "", asks_less=True)
        elif kept != alarm:
            is_less = _calls_less(alarm, kept, limits)
            yield Difference(f"alarms.{rule}", alarm.level.word, kept.level.word, asks_less=is_less)


def _calls_less(alarm: AlarmRule, own: AlarmRule, limits: LimitsInForce) -> bool:
    is_slower = any(
        limits.span(own.answer_at(step)) > limits.span(alarm.answer_at(step))
        for step in range(len(alarm.call))
    )
    is_fewer = not set(alarm.call) <= set(own.call) or own.level < alarm.level
    return (
        is_slower
        or is_fewer
        or (alarm.stops and not own.stops)
        or not set(own.outranks) <= set(alarm.outranks)
    )


def _timetable(
    base: TreatmentProtocol, own: TreatmentProtocol, limits: LimitsInForce
) -> Iterator[Difference]:
    for row in base.timetable:
        same = [each for each in own.timetable if (each.what, each.phases) == (row.what, row.phases)]
        if row in same:
            continue
        is_less = not any(
            set(row.at_minutes) <= set(each.at_minutes) and limits.span(each.every) <= limits.span(row.every)
            for each in same
        )
        told = ", ".join(f"{each.at_minutes} {each.every}" for each in same)
        yield Difference(f"timetable.{row.what}", f"{row.at_minutes} {row.every}", told, asks_less=is_less)


def _leaving(base: TreatmentProtocol, own: TreatmentProtocol, limits: LimitsInForce) -> Iterator[Difference]:
    before, after = base.time_gate, own.time_gate
    if before != after:
        is_shorter = limits.span(after.least) < limits.span(before.least)
        is_earlier = before.counts_from is CountsFrom.END and after.counts_from is CountsFrom.FIRST
        yield Difference("time_gate", before.least, after.least, asks_less=is_shorter or is_earlier)
    for rule in sorted(own.overridable ^ base.overridable):
        is_new = rule in own.overridable
        yield Difference(f"overridable.{rule}", "" if is_new else "yes", "yes" if is_new else "", is_new)
    asked = {item.id: item for item in own.release}
    for item in base.release:
        kept = asked.get(item.id)
        if kept != item:
            meets = {word for word, is_met in item.answers.items() if is_met}
            now = {word for word, is_met in kept.answers.items() if is_met} if kept else set()
            yield Difference(
                f"release.{item.id}", ", ".join(meets), ", ".join(now), kept is None or not now <= meets
            )
    for rule in sorted(set(base.computed) ^ set(own.computed)):
        is_gone = rule in base.computed
        yield Difference(rule, "looked at" if is_gone else "", "" if is_gone else "looked at", is_gone)


_COMPARED: tuple[
    Callable[[TreatmentProtocol, TreatmentProtocol, LimitsInForce], Iterator[Difference]], ...
] = (_frame, _checks, _alarms, _timetable, _leaving)
