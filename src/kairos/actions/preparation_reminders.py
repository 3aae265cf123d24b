"""Remind a patient of a session to come, by ways they called safe, by their own clock.

Each reminder is a row of the outbox with its time. What is sent is asked anew when it leaves: a session that
moved or fell out, other wishes, a later reminder, quiet hours and an earlier delivery all stop it.
"""

from datetime import datetime
from uuid import UUID, uuid5

from kairos.actions.content_in_force import content_of
from kairos.actions.send_outbox import COMPOSE, Outgoing, Told
from kairos.domain.integration.reminders import (
    NAMES,
    Reminder,
    ReminderRule,
    Sending,
    Wishes,
    all_reminders,
    plan_reminders,
    rules_of,
    send_or_wait,
    usual_wishes,
)
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.reaching import ContactWay, ways_to_try
from kairos.store import outbox
from kairos.store.outbox import Message
from kairos.store.repositories import accounts, courses, preparation, reaching
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.reaching import Outcome
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.people import Actor, Scope

KIND = "preparation_reminder"
TEXT = "message.reminder"
WHERE = "/my/preparation/"


def plan_reminders_of(scope: Scope, session: PlannedSession, *, now: datetime) -> None:
    """Keep the reminders of a session as messages that wait; those of an older time stop by themselves."""
    rules, wishes = _asked(scope, session, now)
    for each in plan_reminders(rules, event_at=session.starts_at, wishes=wishes, now=now):
        _wait(scope, session, each, each.at)


def plan_all_reminders(scope: Scope, person_id: UUID, *, now: datetime) -> None:
    """Keep the reminders of every session to come, after the wishes changed."""
    for session in courses.sessions_of_person(scope, person_id):
        if session.status == PlannedStatus.PLANNED and session.starts_at > now:
            plan_reminders_of(scope, session, now=now)


def wishes_of(scope: Scope, person_id: UUID, limits: LimitsInForce) -> Wishes:
    """Return how a person wants to be reminded; what the content says where they said nothing."""
    said = preparation.said_of_reminders(scope, person_id)
    return said or usual_wishes(limits, zone=zone_for(scope, person_id))


def compose_reminder(message: Message, by: Actor, now: datetime) -> Outgoing | None:
    """Return the reminder to the patient's first way; none where it is not to go, or waits once more."""
    session = courses.find_planned_session(by.scope, UUID(message.payload["session"]))
    if session.status != PlannedStatus.PLANNED:
        return None
    reminder = Reminder(message.payload["name"], datetime.fromisoformat(message.payload["at"]))
    told = Told(_subject(session), NAMES.index(reminder.name), None)
    if _was_told(by.scope, told):
        return None
    rules, wishes = _asked(by.scope, session, now)
    planned = all_reminders(rules, event_at=session.starts_at, wishes=wishes)
    sent = send_or_wait(reminder, planned=planned, event_at=session.starts_at, wishes=wishes, now=now)
    if sent.at is not None:
        _wait(by.scope, session, reminder, sent.at)
    return _outgoing(by.scope, session.person_id, told) if sent.how is Sending.NOW else None


def _asked(scope: Scope, session: PlannedSession, now: datetime) -> tuple[tuple[ReminderRule, ...], Wishes]:
    limits = LimitsInForce(content_of(scope, session.programme_id).parameters, now.date())
    return rules_of(limits), wishes_of(scope, session.person_id, limits)


def _wait(scope: Scope, session: PlannedSession, reminder: Reminder, due_at: datetime) -> None:
    payload = {"session": str(session.id), "name": reminder.name, "at": reminder.at.isoformat()}
    about = {"programme_id": session.programme_id, "person_id": session.person_id}
    outbox.put(scope, KIND, payload, due_at=due_at, **about)


def _subject(session: PlannedSession) -> UUID:
    """Return what the ledger knows a session at its present time by: told once for each time it has."""
    return uuid5(session.id, session.starts_at.isoformat())


def _was_told(scope: Scope, told: Told) -> bool:
    kept = reaching.deliveries_of(scope, [told.subject])
    return any(each.step == told.step and each.outcome == Outcome.TAKEN.value for each in kept)


def _outgoing(scope: Scope, person_id: UUID, told: Told) -> Outgoing | None:
    """Return the message by the first way that is on; none where the patient named none."""
    for user, ways in reaching.ways_of_patient(scope, person_id).items():
        usable, account = ways_to_try(ways), accounts.find_account(user)
        if usable and account.is_active:
            return _by(usable, account.language, Told(told.subject, told.step, user))
    return None


def _by(usable: tuple[ContactWay, ...], language: str, told: Told) -> Outgoing:
    first, *others = [(way.channel.value, way.address, way.secret) for way in usable]
    return Outgoing(
        channel=first[0],
        address=first[1],
        secret=first[2],
        others=tuple(others),
        language=language,
        text=TEXT,
        path=WHERE,
        told=told,
    )


COMPOSE[KIND] = compose_reminder
