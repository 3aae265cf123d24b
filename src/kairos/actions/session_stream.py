"""How entries are added to a dosing session: read, decide, append, alarm, tell; in one transaction.

Every verb of a session hands in what it decides; the rest is the same for all of them. What a rule
finds after the entry becomes an alarm in the same transaction, with a deadline by which somebody must
have answered. Each next reading has a deadline too, so that nobody's silence goes unseen.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from kairos.actions.alarm_lives import note_lives
from kairos.actions.clinic_days import check_day_is_open
from kairos.actions.consents import check_may_give
from kairos.actions.content_in_force import content_of_session
from kairos.actions.dose_source import check_dose_source
from kairos.actions.entry_device import device_of_entry
from kairos.actions.home_statements import check_home_of
from kairos.actions.rems_standing import check_rems_of
from kairos.actions.session_alarms import follow_alarms, plan_next_look
from kairos.actions.watchers import ease_load, load_of, watch_details, watches_too_many
from kairos.content.in_force import ContentInForce
from kairos.domain.rules.target import Setting
from kairos.domain.sessions.alarms import ABSENCES, alarms_to_raise, close
from kairos.domain.sessions.events import (
    AlarmTaken,
    CheckAnswered,
    Event,
    SessionEntry,
    WatchFault,
    WatchLost,
)
from kairos.domain.sessions.gates import check_event
from kairos.domain.sessions.monitoring import watch
from kairos.domain.sessions.phases import BEFORE_DOSE, DOSED
from kairos.domain.sessions.picture import Picture, look_at
from kairos.domain.sessions.told import EntryDevice
from kairos.store import streams
from kairos.store.audit import AuditNote
from kairos.store.ids import new_id
from kairos.store.repositories import alarms, session_entries
from kairos.store.streams import Stream
from kairos.vocab.errors import NotAllowed
from kairos.vocab.finding import Finding
from kairos.vocab.people import Actor, Role
from kairos.vocab.verdict import Severity, Verdict


@dataclass(frozen=True, slots=True)
class Saying:
    """One entry to add: what happened, when it was true (now where not said), and its words."""

    event: Event
    true_at: datetime | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    id: UUID = field(default_factory=new_id)
    made_on: EntryDevice | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """What an entry came to: where the session stands, which alarms it raised, what is due next."""

    session_id: UUID
    seq: int
    phase: str
    raised: tuple[UUID, ...]
    next_due: str
    next_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session while an action is at it: the stream, its entries, those that are new, one look at it.

    ``content`` is what the session was opened with, to its end.
    """

    stream: Stream
    entries: tuple[SessionEntry, ...]
    content: ContentInForce
    picture: Picture
    new: tuple[Saying, ...] = ()

    def plus(self, saying: Saying, *, by: Actor) -> "Sitting":
        """Return the sitting with one more entry, looked at anew."""
        now = self.picture.now
        said = replace(saying, true_at=saying.true_at or now)
        entry = SessionEntry(
            len(self.entries) + 1, said.event, saying.true_at or now, now, by.id, saying.made_on
        )
        entries = (*self.entries, entry)
        picture = _look(entries, self.content, now)
        return replace(self, entries=entries, picture=picture, new=(*self.new, said))


Decide = Callable[[Sitting], Sequence[Saying]]


def add_entries(
    session_id: UUID, decide: Decide, *, by: Actor, now: datetime, why: str = ""
) -> tuple[Entered, AuditNote]:
    """Add what ``decide`` says to a session, and what follows from it.

    Parameters
    ----------
    decide : function    from the session as it stands to the entries to add; asked again where somebody
                         else wrote first
    why : str            a code for the audit; the types of the entries where empty

    Raises
    ------
    Missing              no such session within the scope
    NotAllowed           phase, gate or person do not allow it
    InvalidInput         a value that cannot be
    """

    def attempt() -> tuple[Entered, AuditNote]:
        before = begin(session_id, by=by, now=now)
        after = before
        for saying in (_as_made(each, now) for each in decide(before)):
            check_event(after.picture, saying.event, true_at=saying.true_at or now)
            check_role(after.picture, saying.event, by)
            check_may_give(by.scope, after.stream, after.picture, saying.event, saying.true_at or now)
            then = after.plus(saying, by=by)
            _check_may_begin(after, then, by)
            after = then
        after = _with_load(before, after, by)
        return keep(before, _with_consequences(before, after, by), by=by, why=why)

    return streams.retrying(attempt)


def check_role(picture: Picture, event: Event, by: Actor) -> None:
    """Refuse a step that the protocol leaves to others. Our own processes do what jobs must.

    Raises
    ------
    NotAllowed
    """
    walk, phase = picture.protocol.walk, picture.state.phase
    step = walk.step(phase, event.act) if walk is not None else None
    allowed = _of_item(picture, event) or (step.by if step is not None else frozenset())
    if allowed and not by.is_system and by.roles.isdisjoint(allowed):
        who = " or ".join(sorted(role.replace("_", " ") for role in allowed))
        raise NotAllowed(f"{event.act.replace('_', ' ')} is left to others by this protocol: {who}")


def _of_item(picture: Picture, event: Event) -> frozenset[Role]:
    """Return who may answer an item of the check, where the item names somebody."""
    asked = event.item if isinstance(event, CheckAnswered) else ""
    return next((item.by for item in picture.protocol.checks if item.id == asked), frozenset())


def _check_may_begin(before: Sitting, after: Sitting, by: Actor) -> None:
    """Refuse the first drop, device or tablet from nowhere, on a day not opened, or outside the REMS."""
    phases = (before.picture.state.phase, after.picture.state.phase)
    if phases[0] in BEFORE_DOSE and phases[1] in DOSED:
        if after.picture.protocol.setting == Setting.HOME:
            check_home_of(by.scope, after.stream, now=after.picture.now)
        else:
            check_day_is_open(by.scope, after.stream.id, now=after.picture.now)
        picture = after.picture
        check_rems_of(by.scope, after.stream, picture.state, picture.protocol, now=picture.now)
        check_dose_source(after.stream, after.picture.state, by=by)


def begin(session_id: UUID, *, by: Actor, now: datetime) -> Sitting:
    """Return a session as it stands.

    Raises
    ------
    Missing
    """
    stream = streams.find_stream(by.scope, session_id)
    entries = session_entries.entries_of(by.scope, session_id)
    content = content_of_session(by.scope, stream.programme_id, entries)
    return Sitting(stream, entries, content, _look(entries, content, now))


def keep(before: Sitting, after: Sitting, *, by: Actor, why: str) -> tuple[Entered, AuditNote]:
    """Append what is new, follow the alarms, set the next deadline, and keep what the board shows."""
    said = [
        session_entries.as_new_event(s.event, s.true_at or after.picture.now, s.words, s.id, s.made_on)
        for s in after.new
    ]
    stream = after.stream
    seq = (
        streams.append(by.scope, stream, len(before.entries), said, by=by.id) if said else len(before.entries)
    )
    raised = follow_alarms(stream, [s.event for s in after.new], after.picture, by=by)
    note_lives(after.entries, [s.event for s in after.new], after.picture, by=by)
    plan_next_look(stream, after.picture, by=by)
    _keep_summary(after, by)
    ease_load(stream, before.picture.state, after.picture, by=by)
    dues = after.picture.dues
    entered = Entered(
        session_id=stream.id,
        seq=seq,
        phase=after.picture.state.phase.value,
        raised=raised,
        next_due=dues[0].kind.value if dues else "",
        next_due_at=dues[0].due_at if dues else None,
    )
    kinds = [s.event.act for s in after.new]
    note = AuditNote(
        f"session:{stream.id}",
        programme_id=stream.programme_id,
        person_id=stream.person_id,
        why=why or (kinds[0] if kinds else "nothing_to_add"),
        details={"entries": kinds, "seq": seq},
    )
    return entered, note


def _look(entries: tuple[SessionEntry, ...], content: ContentInForce, now: datetime) -> Picture:
    return look_at(entries, protocols=content.release.protocols, book=content.parameters, now=now)


def _with_load(before: Sitting, after: Sitting, by: Actor) -> Sitting:
    """Return the sitting with the note that whoever watches now has more than the protocol allows."""
    state = after.picture.state
    is_heavier = load_of(state, state.watched_by) and not load_of(before.picture.state, state.watched_by)
    if not is_heavier or WatchFault.TOO_MANY in state.watch_faults:
        return after
    if not watches_too_many(by.scope, after.stream.id, after.picture):
        return after
    return after.plus(Saying(WatchLost(fault=WatchFault.TOO_MANY)), by=by)


def _with_consequences(before: Sitting, after: Sitting, by: Actor) -> Sitting:
    """Return the sitting with the alarms that its new entries raise, settle or end."""
    firing = _firing(after, after.entries[len(before.entries) :])
    picture = after.picture
    events = alarms_to_raise(
        picture.state, firing, picture.protocol, now=picture.now, limits=picture.limits, new_ids=_fresh_ids()
    )
    for event in events:
        after = after.plus(Saying(event), by=by)
    for event in _settled(before, after, by):
        after = after.plus(Saying(event), by=by)
    return after


def _firing(sitting: Sitting, new: Sequence[SessionEntry]) -> tuple[Finding, ...]:
    """Return what fires now, and what an entry that arrived late would have raised when it was true."""
    picture = sitting.picture
    found = {each.rule: each for each in picture.firing}
    for entry in new:
        if entry.true_at < picture.now:
            then = watch(picture.state, picture.protocol, at=entry.true_at, limits=picture.limits)
            found.update({f.rule: f for f in then.firing if entry.ref in f.facts and f.rule not in found})
    if picture.state.phase in BEFORE_DOSE:
        return tuple(f for f in found.values() if f.severity is not Severity.CAUTION)
    return tuple(found.values())


def _settled(before: Sitting, after: Sitting, by: Actor) -> Iterator[Event]:
    """Yield the end of alarms about a missing reading that was taken, and of taken ones of a session over."""
    state, findings = after.picture.state, after.picture.findings
    for alarm in state.open_alarms:
        rule = alarm.raised.rule
        is_seen_to = rule in ABSENCES and not by.is_system and len(after.new) > 0
        if is_seen_to and after.picture.absence(rule).verdict is Verdict.MET:
            if alarm.waits:
                yield AlarmTaken(alarm_id=alarm.raised.alarm_id)
                taken = replace(alarm, taken_by=by.id, taken_at=after.picture.now)
                state = replace(state, alarms={**state.alarms, alarm.raised.alarm_id: taken})
            yield close(state, alarm.raised.alarm_id, findings)
        elif state.is_over and not before.picture.state.is_over and not alarm.waits:
            yield close(state, alarm.raised.alarm_id, findings)


def _as_made(saying: Saying, now: datetime) -> Saying:
    """Return what somebody says with the device it was entered on, true then unless they said when.

    Nothing was made after it arrived: a device's time that is later is as good as now, and is kept beside it.
    """
    device = device_of_entry()
    if device is None or saying.made_on is not None:
        return saying
    return replace(saying, true_at=saying.true_at or min(device.made_at, now), made_on=device)


def _fresh_ids() -> Iterator[UUID]:
    while True:
        yield new_id()


def _keep_summary(after: Sitting, by: Actor) -> None:
    state = after.picture.state
    kept = alarms.find_summary(by.scope, after.stream.id)
    is_open = not state.is_over or bool(state.open_alarms)
    alarms.keep_summary(
        by.scope,
        replace(
            kept,
            state=state.phase.value,
            is_open=is_open,
            seq=len(after.entries),
            details={**kept.details, **watch_details(after.picture)},
        ),
    )
