"""What a person said they would prefer, and the short history that they may take to a talk."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.domain.evidence.preference import PlacePreference
from kairos.queries.consents import own_person_id
from kairos.queries.courses import SessionRow
from kairos.queries.medicines import my_medicines
from kairos.queries.patient_home import patient_home
from kairos.queries.reading import reading
from kairos.store.repositories import people, preferences
from kairos.vocab.people import Actor, Permission, Scope


@dataclass(frozen=True, slots=True)
class OwnHistory:
    """What is on record that a person may want to talk about: medicines, sessions held and to come."""

    medicines: tuple[str, ...]
    held: int
    next_session: SessionRow | None


@reading(Permission.SEE_OWN_RECORD)
def own_preference(*, by: Actor) -> PlacePreference | None:
    """Return what one said last, if anything."""
    return _newest(by.scope, own_person_id(by))


@reading(Permission.SEE_CHART)
def preferred_place(*, person_id: UUID, by: Actor) -> PlacePreference | None:
    """Return what a person said last of where they would rather have their sessions, if anything."""
    return _newest(by.scope, person_id)


def _newest(scope: Scope, person_id: UUID) -> PlacePreference | None:
    programme_id = people.find_person(scope, person_id).enrolments[0].programme_id
    return preferences.newest_preference(scope, preferences.preference_stream(programme_id, person_id))


@reading(Permission.SEE_OWN_RECORD)
def own_history(*, by: Actor, now: datetime) -> OwnHistory:
    """Return the person's own short history."""
    home = patient_home(by=by, now=now)
    listed = my_medicines(by=by, now=now)
    return OwnHistory(
        medicines=tuple(each.medicine.name for each in listed.proposals),
        held=len(home.past),
        next_session=home.next_session,
    )
