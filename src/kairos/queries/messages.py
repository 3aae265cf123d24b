"""Messages: one's own, a thread as the team sees it, and what is declared before anything is written."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.messages import MessageKind
from kairos.domain.protocols.on_call import OnCallStep, on_call
from kairos.domain.protocols.reading_hours import ReadingHours, reading_hours
from kairos.queries.consents import own_person_id
from kairos.queries.content_in_force import content_of
from kairos.queries.inbox import is_for
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, home, messages, people, tasks
from kairos.store.repositories import on_call as roster
from kairos.store.repositories.messages import MessageReading, PatientMessage
from kairos.store.repositories.site_clock import zone_for
from kairos.store.scope import scoped
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission, Scope

WAITING = ("patient_message", "urgent_message")


@dataclass(frozen=True, slots=True)
class Declared:
    """What whoever writes is told first: when it is read and answered, and whether anybody is on call now."""

    hours: ReadingHours
    read_at: datetime
    answer_due: datetime
    is_open: bool
    is_on_call: bool
    urgent_minutes: int
    phone: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class MessageShown:
    """One message with the names of who wrote it and of who read it, and when."""

    message: PatientMessage
    by_name: str
    read_by: tuple[tuple[str, datetime], ...]

    @property
    def said(self) -> str:
        """What was written."""
        return str(self.message.words["words"])


@dataclass(frozen=True, slots=True)
class ThreadShown:
    """Messages that belong together, the first one first."""

    id: UUID
    person_id: UUID
    name: str
    kind: MessageKind
    messages: tuple[MessageShown, ...]
    is_new: bool
    zone: ZoneInfo

    @property
    def last(self) -> MessageShown:
        """The newest message."""
        return self.messages[-1]

    @property
    def waits_since(self) -> PatientMessage | None:
        """The last message of the patient where nobody answered after it."""
        return self.last.message if self.last.message.is_from_patient else None


@reading(Permission.WRITE_TO_TEAM)
def declared_times(*, by: Actor, now: datetime) -> Declared:
    """Return what is declared of a message that would be written now."""
    person_id = own_person_id(by)
    programme_id = people.enrolments_of(by.scope, person_id)[0].programme_id
    limits = LimitsInForce(content_of(by.scope, programme_id).parameters, now.date())
    hours = reading_hours(limits, zone_for(by.scope, person_id))
    urgent = limits.span("messages.urgent.answer_within")
    return Declared(
        hours=hours,
        read_at=hours.read_at(now),
        answer_due=hours.answer_due(now),
        is_open=hours.is_open(now),
        is_on_call=_is_on_call(by.scope, programme_id, person_id, now),
        urgent_minutes=int(urgent.total_seconds() // 60),
        phone=_phone(by.scope, programme_id),
        zone=_own_zone(by.scope, person_id),
    )


def _is_on_call(scope: Scope, programme_id: UUID, person_id: UUID, now: datetime) -> bool:
    wide = _programme(scope, programme_id)
    with scoped(wide):
        duties = roster.duties(wide, programme_id)
    site = next((each.site_id for each in people.enrolments_of(scope, person_id) if each.site_id), None)
    return on_call(duties, OnCallStep.PRESCRIBER, at=now, site_id=site).first is not None


def _phone(scope: Scope, programme_id: UUID) -> str:
    """Return the telephone of the care team, where the programme named one."""
    wide = _programme(scope, programme_id)
    with scoped(wide):
        switches = home.switches_of(wide, programme_id)
    return next((each.phone for each in switches if each.phone), "")


def _programme(scope: Scope, programme_id: UUID) -> Scope:
    """Return the programme itself: the roster and its telephone are of nobody's record."""
    return Scope(scope.organisation_id, frozenset({programme_id}))


def _own_zone(scope: Scope, person_id: UUID) -> ZoneInfo:
    identity = people.find_person(scope, person_id).identity
    named = identity.time_zone if identity is not None else ""
    return ZoneInfo(named) if named else zone_for(scope, person_id)


@reading(Permission.WRITE_TO_TEAM)
def own_threads(*, by: Actor) -> tuple[ThreadShown, ...]:
    """Return one's conversations with the team, the one with the newest message first."""
    person_id = own_person_id(by)
    grouped: dict[UUID, list[PatientMessage]] = {}
    for each in messages.messages_of(by.scope, person_id):
        grouped.setdefault(each.thread, []).append(each)
    newest_first = sorted(grouped.values(), key=lambda held: held[-1].true_at, reverse=True)
    return tuple(_thread(by, tuple(held)) for held in newest_first)


@reading(Permission.WRITE_TO_TEAM)
def own_thread(*, thread: UUID, by: Actor) -> ThreadShown:
    """Return one of one's own conversations. Raises Missing where it is not there."""
    return _thread(by, _found(by.scope, thread))


@reading(Permission.WRITE_TO_TEAM)
def unread_messages(*, by: Actor) -> int:
    """Return how many answers of the team were not opened yet."""
    return messages.count_unread(by.scope, own_person_id(by))


@reading(Permission.SEE_INBOX)
def team_thread(*, message_id: UUID, by: Actor) -> ThreadShown:
    """Return the conversation of a message, or of its first message, as the team sees it.

    Raises
    ------
    Missing       no such conversation in the reader's programmes
    NotAllowed    it is no task of the reader's, who sees no charts
    """
    held = _found(by.scope, message_id)
    known = tasks.tasks_of(by.scope, held[0].person_id)
    mine = [t for t in known if t.subject == held[0].thread and t.kind in WAITING and is_for(t, by)]
    if not mine:
        by.check_may(Permission.SEE_CHART)
    return _thread(by, held)


def _found(scope: Scope, message_id: UUID) -> tuple[PatientMessage, ...]:
    held = messages.thread_with(scope, message_id)
    if not held:
        raise Missing("this conversation is not there, or not for you")
    return held


def _thread(by: Actor, held: tuple[PatientMessage, ...]) -> ThreadShown:
    first = held[0]
    readings = messages.readings_of(by.scope, first.thread)
    names = accounts.names_of([*(m.by for m in held), *(r.by for r in readings)])
    person_id, is_patient = first.person_id, by.scope.patient_id is not None
    opened = {each.message_id for each in readings}
    identity = people.identities(by.scope, [person_id]).get(person_id)
    return ThreadShown(
        id=first.thread,
        person_id=person_id,
        name=identity.shown_name if identity else "",
        kind=MessageKind(first.kind),
        messages=tuple(_shown(each, names, readings) for each in held),
        is_new=any(m.id not in opened and m.is_from_patient is not is_patient for m in held),
        zone=_own_zone(by.scope, person_id) if is_patient else zone_for(by.scope, person_id),
    )


def _shown(
    message: PatientMessage, names: dict[UUID, str], readings: tuple[MessageReading, ...]
) -> MessageShown:
    read_by = tuple((names.get(r.by, ""), r.true_at) for r in readings if r.message_id == message.id)
    return MessageShown(message, names.get(message.by, ""), read_by)
