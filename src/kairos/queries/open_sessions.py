"""The dosing session that a person is in now."""

from uuid import UUID

from kairos.queries.reading import reading
from kairos.store.repositories import courses
from kairos.vocab.people import Actor, Permission


@reading(Permission.SEE_PEOPLE)
def open_session_of(*, person_id: UUID, by: Actor) -> UUID | None:
    """Return the stream of a person's open dosing session, if there is one."""
    return courses.stream_of_open_session(by.scope, person_id)
