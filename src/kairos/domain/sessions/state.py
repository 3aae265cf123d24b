"""The state of a dosing session: a pure fold of its entries.

Phases follow the order of recording (``seq``); readings and the pump follow when things were true,
so that entries made offline and delivered late fall into their place. Replay reads what was recorded
and judges nothing anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kairos.domain.protocols.predose import Call, CheckAnswer
from kairos.domain.protocols.readings import Reading, in_time
from kairos.domain.sessions.conflicts import contested_items
from kairos.domain.sessions.dose_log import DoseLog, Portion, in_order, portion_of
from kairos.domain.sessions.events import (
    OBSERVATIONS,
    AlarmClosed,
    AlarmEnd,
    AlarmEscalated,
    AlarmRaised,
    AlarmTaken,
    CheckAnswered,
    Corrected,
    DosingStopped,
    Event,
    GoDecided,
    HandedOver,
    IdentityConfirmed,
    LozengeTaken,
    MouthEmptied,
    Opened,
    OrderBound,
    OverrideRecorded,
    PortionGiven,
    ReleaseCriterionRecorded,
    SessionEntry,
    SymptomNoted,
    VitalsRecorded,
    WatchFault,
    WatchFound,
    WatchLost,
    WatchOffered,
)
from kairos.domain.sessions.infusion import CONTROLS, Control, InfusionLog, control_of, infusion_log
from kairos.domain.sessions.phases import FINAL, Phase, after
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry of a kind: what was recorded, when it was true, by whom, and its place."""

    event: Event
    true_at: datetime
    by: UUID
    ref: str


@dataclass(frozen=True, slots=True)
class AlarmRecord:
    """One alarm as its events tell it."""

    raised: AlarmRaised
    raised_at: datetime
    answer_by: datetime
    step: int = 0
    taken_by: UUID | None = None
    taken_at: datetime | None = None
    closed_at: datetime | None = None
    end: AlarmEnd | None = None

    @property
    def is_open(self) -> bool:
        """Whether it stands on the screens."""
        return self.closed_at is None

    @property
    def waits(self) -> bool:
        """Whether it is open and nobody has promised to come."""
        return self.is_open and self.taken_at is None


@dataclass(frozen=True, slots=True)
class Cover:
    """A break that somebody covers: whose watch it is, and until when the cover was agreed."""

    first: UUID
    until: datetime


@dataclass(frozen=True, slots=True)
class DosingSessionState:
    """Everything that a screen, a rule or an action needs to know of one session.

    ``observed`` holds the effective entries that are not steps of the session, in the order in which
    they were true; corrected ones as corrected, withdrawn ones not at all. ``readings`` are the vital
    signs among them.
    """

    phase: Phase = Phase.UNOPENED
    seq: int = 0
    opened: Opened | None = None
    identity_by: UUID | None = None
    order: OrderBound | None = None
    call: GoDecided | None = None
    watched_by: UUID | None = None
    offer: WatchOffered | None = None
    cover: Cover | None = None
    watch_faults: Mapping[WatchFault, Seen] = field(default_factory=dict)
    ended_at: datetime | None = None
    controls: tuple[Control, ...] = ()
    portions: tuple[Portion, ...] = ()
    is_held: bool = False
    settled_at: datetime | None = None
    mouth: MouthEmptied | None = None
    observed: tuple[Seen, ...] = ()
    readings: tuple[Reading, ...] = ()
    answers: Mapping[str, CheckAnswer] = field(default_factory=dict)
    criteria: Mapping[str, Seen] = field(default_factory=dict)
    overrides: tuple[Seen, ...] = ()
    alarms: Mapping[UUID, AlarmRecord] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether the person has gone, or was never dosed."""
        return self.phase in FINAL

    @property
    def infusion(self) -> InfusionLog:
        """The pump's log; without an order, one of nought mg."""
        ordered = self.order.dose_mg if self.order is not None else Decimal(0)
        return infusion_log(ordered, self.controls)

    @property
    def dose(self) -> DoseLog:
        """What was given, whatever its form; without an order, a log of nought mg."""
        infusion = self.infusion
        portions = in_order(self.portions)
        return DoseLog(infusion.ordered_mg, infusion, portions, self.settled_at, self.is_held)

    @property
    def baseline(self) -> Reading | None:
        """The reading that the go decision rested on, as it was recorded then."""
        wanted = self.call.baseline_entry if self.call is not None and self.call.call is Call.GO else ""
        return next((reading for reading in self.readings if reading.id == wanted), None)

    @property
    def open_alarms(self) -> tuple[AlarmRecord, ...]:
        """The alarms that stand, oldest first."""
        standing = [alarm for alarm in self.alarms.values() if alarm.is_open]
        return tuple(sorted(standing, key=lambda alarm: alarm.raised_at))

    def seen(self, kind: type[Event]) -> tuple[Seen, ...]:
        """Return the effective entries of one kind of observation, by when they were true."""
        return tuple(each for each in self.observed if isinstance(each.event, kind))

    def symptoms_at(self, at: datetime) -> Mapping[str, Seen]:
        """Return the symptoms present at a moment, by code: noted, and since then neither denied nor gone."""
        present: dict[str, Seen] = {}
        for each in self.seen(SymptomNoted):
            if each.true_at > at or not isinstance(each.event, SymptomNoted):
                continue
            for code in each.event.codes:
                present.pop(code, None)
                if each.event.state == "present":
                    present[code] = each
        return present


def as_reading(event: Event, true_at: datetime, ref: str) -> Reading:
    """Return a vitals event as rules read it."""
    if not isinstance(event, VitalsRecorded):
        raise TypeError(f"{event.type} is not a reading")
    return Reading(
        id=ref,
        true_at=true_at,
        systolic=event.systolic,
        diastolic=event.diastolic,
        heart_rate=event.heart_rate,
        oxygen=event.oxygen,
        breathing=event.breathing,
        oxygen_low_s=event.oxygen_low_s,
        heart_rate_high_s=event.heart_rate_high_s,
    )


def replay(entries: Iterable[SessionEntry]) -> DosingSessionState:
    """Return the state that a stream amounts to.

    Entries are folded in the order of ``seq``; corrections are applied to the entries they amend
    wherever they stand.

    Raises
    ------
    NotAllowed    the stream holds an event that its phase never allowed: it was tampered with
    ValueError    a gap or a double in ``seq``
    """
    ordered = sorted(entries, key=lambda entry: entry.seq)
    amended = _amendments(ordered)
    state = DosingSessionState()
    for entry in ordered:
        if entry.seq != state.seq + 1:
            raise ValueError(f"the stream has {entry.seq} after {state.seq}; entries are missing or doubled")
        state = _step(state, entry, amended.get(entry.seq))
    observed = tuple(sorted(state.observed, key=lambda seen: (seen.true_at, int(seen.ref))))
    # Answered differently by two who had not seen each other: open until somebody answers again.
    contested = contested_items(ordered)
    answers = {item: answer for item, answer in state.answers.items() if item not in contested}
    return replace(state, observed=observed, readings=_readings(observed), answers=answers)


def check_correction(entries: Iterable[SessionEntry], correction: Corrected) -> None:
    """Refuse a correction of nothing, of another type, or the withdrawal of a step of the session.

    Raises
    ------
    InvalidInput, NotAllowed
    """
    known = sorted(entries, key=lambda entry: entry.seq)
    target = next((entry for entry in known if entry.seq == correction.amends), None)
    if target is None or isinstance(target.event, Corrected):
        raise InvalidInput(Problem("amends", f"entry {correction.amends} is not there to amend"))
    _check_pump_order(known, target, correction.true_at)
    if correction.replacement is None and correction.true_at is None:
        if type(target.event) not in OBSERVATIONS:
            raise NotAllowed(
                f"{target.event.type} is a step of the session and cannot be withdrawn, only amended"
            )
    elif correction.replacement is not None and correction.replacement.act != target.event.act:
        raise InvalidInput(Problem("replacement", f"must be another {target.event.act.replace('_', ' ')}"))


def _check_pump_order(known: list[SessionEntry], target: SessionEntry, at: datetime | None) -> None:
    """Refuse a time that would put one change of the pump before or behind another."""
    if at is None or not isinstance(target.event, CONTROLS):
        return
    amended = _amendments(known)
    for entry in known:
        if not isinstance(entry.event, CONTROLS) or entry.seq == target.seq:
            continue
        by = amended.get(entry.seq)
        other = by.true_at if by is not None and by.true_at is not None else entry.true_at
        if at < other if entry.seq < target.seq else at > other:
            raise InvalidInput(
                Problem("true_at", "lies beyond another change of the infusion; check the time")
            )


def _readings(observed: tuple[Seen, ...]) -> tuple[Reading, ...]:
    vitals = (seen for seen in observed if isinstance(seen.event, VitalsRecorded))
    return in_time(as_reading(seen.event, seen.true_at, seen.ref) for seen in vitals)


def _amendments(ordered: list[SessionEntry]) -> dict[int, Corrected]:
    return {each.event.amends: each.event for each in ordered if isinstance(each.event, Corrected)}


def _step(state: DosingSessionState, entry: SessionEntry, amended: Corrected | None) -> DosingSessionState:
    phase = after(state.phase, entry.event.act)
    has_ended = phase in FINAL and state.phase not in FINAL
    moved = replace(
        state,
        phase=phase,
        seq=entry.seq,
        ended_at=entry.true_at if has_ended else state.ended_at,
    )
    effective = _effective(entry, amended)
    return moved if effective is None else _taken_in(moved, effective)


def _effective(entry: SessionEntry, amended: Corrected | None) -> Seen | None:
    if amended is None:
        return Seen(entry.event, entry.true_at, entry.by, entry.ref)
    if amended.replacement is None and amended.true_at is None:
        return None
    return Seen(amended.replacement or entry.event, amended.true_at or entry.true_at, entry.by, entry.ref)


def _taken_in(state: DosingSessionState, seen: Seen) -> DosingSessionState:
    control = control_of(seen.event, seen.true_at)
    if control is not None:
        return replace(state, controls=(*state.controls, control))
    if isinstance(seen.event, PortionGiven | DosingStopped | MouthEmptied):
        return _given(state, seen)
    if type(seen.event) in OBSERVATIONS:
        return replace(state, observed=(*state.observed, seen))
    if isinstance(seen.event, AlarmRaised | AlarmTaken | AlarmEscalated | AlarmClosed):
        return replace(state, alarms={**state.alarms, seen.event.alarm_id: _alarm_after(state, seen)})
    return _stepped(state, seen)


def _given(state: DosingSessionState, seen: Seen) -> DosingSessionState:
    portion = portion_of(seen.event, seen.true_at, seen.ref)
    if portion is not None:
        is_held = isinstance(seen.event, LozengeTaken)
        return replace(state, portions=(*state.portions, portion), is_held=is_held)
    mouth = seen.event if isinstance(seen.event, MouthEmptied) else state.mouth
    return replace(state, settled_at=seen.true_at, mouth=mouth)


def _stepped(state: DosingSessionState, seen: Seen) -> DosingSessionState:
    match seen.event:
        case Opened():
            return replace(state, opened=seen.event, watched_by=seen.by)
        case IdentityConfirmed():
            return replace(state, identity_by=seen.by)
        case CheckAnswered():
            return replace(state, answers={**state.answers, seen.event.item: _answer(seen.event, seen.ref)})
        case GoDecided():
            return replace(state, call=seen.event)
        case OrderBound():
            return replace(state, order=seen.event)
        case ReleaseCriterionRecorded():
            return replace(state, criteria=_newest(state.criteria, seen.event.criterion, seen))
        case OverrideRecorded():
            return replace(state, overrides=(*state.overrides, seen))
        case WatchOffered() | HandedOver() | WatchLost() | WatchFound():
            return _watched(state, seen.event, seen)
        case _:
            return state


def _watched(
    state: DosingSessionState, event: WatchOffered | HandedOver | WatchLost | WatchFound, seen: Seen
) -> DosingSessionState:
    """Return the state with who watches, who is asked to, and what is wrong with the watch."""
    match event:
        case WatchOffered():
            return replace(state, offer=event)
        case HandedOver():
            cover = _cover_of(state, event)
            return replace(state, watched_by=event.to, offer=None, cover=cover, watch_faults={})
        case WatchLost():
            return replace(state, watch_faults={**state.watch_faults, event.fault: seen})
        case WatchFound():
            left = {fault: lost for fault, lost in state.watch_faults.items() if fault is not event.fault}
            return replace(state, watch_faults=left)


def _cover_of(state: DosingSessionState, event: HandedOver) -> Cover | None:
    offer, first = state.offer, state.watched_by
    if offer is None or offer.until is None or offer.to != event.to or first is None:
        return None
    return Cover(first, offer.until)


def _answer(event: CheckAnswered, ref: str) -> CheckAnswer:
    return CheckAnswer(event.item, event.answered_at or event.answer, entry=ref)


def _newest(known: Mapping[str, Seen], criterion: str, seen: Seen) -> Mapping[str, Seen]:
    before = known.get(criterion)
    return known if before is not None and before.true_at > seen.true_at else {**known, criterion: seen}


def _alarm_after(state: DosingSessionState, seen: Seen) -> AlarmRecord:
    event = seen.event
    if isinstance(event, AlarmRaised):
        return AlarmRecord(event, raised_at=seen.true_at, answer_by=event.answer_by)
    if not isinstance(event, AlarmTaken | AlarmEscalated | AlarmClosed) or event.alarm_id not in state.alarms:
        raise ValueError(f"{event.type} names an alarm that was never raised")
    alarm = state.alarms[event.alarm_id]
    if isinstance(event, AlarmTaken):
        return replace(alarm, taken_by=seen.by, taken_at=seen.true_at)
    if isinstance(event, AlarmEscalated):
        # A call after a promise: nobody has come, so the promise no longer stands.
        return replace(alarm, step=event.step, answer_by=event.answer_by, taken_by=None, taken_at=None)
    return replace(alarm, closed_at=seen.true_at, end=event.end)
