"""Askings as deadlines: which questionnaires are asked when, around a session or at somebody's wish.

An asking is one deadline, known by its time point and subject; it stays when it was worked, so that what
was asked and never answered can be told. ``plan_measures`` and its siblings are called by the actions that
plan, move and end sessions.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.domain.outcomes.schedule import (
    MEASURED,
    Measurement,
    Moment,
    after_session,
    before_session,
    kind_of,
)
from kairos.store.ids import new_id
from kairos.store.repositories import deadlines
from kairos.store.repositories.deadlines import Deadline
from kairos.vocab.people import Scope


class Appointment(Protocol):
    """A planned session, as far as measures need it."""

    @property
    def id(self) -> UUID:
        """Its id: the subject of its askings."""

    @property
    def programme_id(self) -> UUID:
        """Whose programme."""

    @property
    def person_id(self) -> UUID:
        """Whose session."""

    @property
    def starts_at(self) -> datetime:
        """When it starts."""


def plan_measure_before(scope: Scope, session: Appointment) -> None:
    """Ask before a planned session; when it moved, ask at the new time, also where it was asked before."""
    asking = before_session(session.starts_at, book=content_of(scope, session.programme_id).parameters)
    place = (scope, kind_of(asking.moment), session.id, asking.opens_at)
    if not deadlines.move_deadline(*place) and not deadlines.reopen_deadline(*place):
        set_asking(scope, asking, session.programme_id, session.person_id, session.id)


def plan_measures(scope: Scope, session: Appointment, *, ended_at: datetime) -> None:
    """Ask after a session that ended; a second call changes nothing."""
    book = content_of(scope, session.programme_id).parameters
    for asking in after_session(ended_at, book=book):
        set_asking(scope, asking, session.programme_id, session.person_id, session.id)


def drop_measure_before(scope: Scope, session_id: UUID) -> None:
    """Ask nothing before a session that will not be held."""
    deadlines.drop_deadline(scope, kind_of(Moment.BEFORE_SESSION), session_id, outcome="cancelled")


def set_asking(
    scope: Scope,
    asking: Measurement,
    programme_id: UUID,
    person_id: UUID,
    subject: UUID,
    instruments: Iterable[str] = MEASURED,
) -> None:
    """Keep an asking as a deadline. Before a session its end is the session's start, wherever that moves."""
    times = {"due_at": asking.due_at.isoformat(), "closes_at": asking.closes_at.isoformat()}
    details = {"instruments": list(instruments)} | times
    deadlines.set_deadline(
        scope,
        Deadline(
            new_id(), programme_id, kind_of(asking.moment), subject, asking.opens_at, details, person_id
        ),
    )
