"""Who reaches treatment, by group; and what is known of one person's fee."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from kairos.domain.outcomes.access_report import FeeState, Grouping, PersonOfGroup, access_report
from kairos.domain.outcomes.disclosure import Shown
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import fee_waivers, organisations, people, programme_record
from kairos.store.repositories.people import Identity
from kairos.vocab.people import Actor, Permission, Scope
from kairos.vocab.quantities import ONE


@dataclass(frozen=True, slots=True)
class AccessReport:
    """The report of one programme; counts under ``smallest`` are hidden from everybody."""

    name: str
    smallest: int
    tables: Mapping[Grouping, Shown]


@reading(Permission.SEE_PROGRAMME)
def access_reports(*, by: Actor, now: datetime) -> tuple[AccessReport, ...]:
    """Return the report of each of the reader's programmes."""
    return tuple(_report(by.scope, each, now) for each in organisations.list_programmes(by.scope))


def _report(scope: Scope, programme: organisations.Programme, now: datetime) -> AccessReport:
    today = now.astimezone(UTC).date()
    book = content_of(scope, programme.id).parameters
    smallest = int(book.quantity("published.smallest_count", on=today).value_in(ONE))
    seen = programme_record.people_seen(scope, programme.id)
    known, fees = people.identities(scope, seen), fee_waivers.fee_states(scope, programme.id)
    grouped = [
        PersonOfGroup(each.was_treated, who.sex, who.language, who.born_on, _fee(fees.get(person)))
        for person, each in seen.items()
        for who in (known.get(person, Identity()),)
    ]
    return AccessReport(programme.name, smallest, access_report(grouped, today=today, smallest=smallest))


def _fee(state: str | None) -> FeeState | None:
    return None if state is None else FeeState(state)


@reading(Permission.PLAN_COURSE)
def fee_of(*, person_id: UUID, by: Actor) -> tuple[Identity, FeeState | None]:
    """Return who somebody is and what is known of their fee.

    Raises
    ------
    Missing    no such person in the reader's programmes
    """
    person = people.find_person(by.scope, person_id)
    states = fee_waivers.fee_states(by.scope, person.enrolments[0].programme_id, person_id)
    return person.identity or Identity(), _fee(states.get(person_id))
