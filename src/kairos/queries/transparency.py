"""A programme's own figures: what anyone sees of every version, and what would be published now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from kairos.domain.instruments.library import phq9
from kairos.domain.outcomes.definitions import definitions_for
from kairos.domain.outcomes.disclosure import Shown
from kairos.domain.outcomes.transparency import (
    FigureTable,
    Table,
    figures_of,
    from_details,
    shown_figures,
)
from kairos.queries.accounts import system_actors
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import organisations, programme_record, published
from kairos.store.repositories.organisations import Programme
from kairos.store.repositories.published import TRANSPARENCY
from kairos.vocab.people import Actor, Permission, Scope
from kairos.vocab.quantities import ONE


@dataclass(frozen=True, slots=True)
class FiguresVersion:
    """One published version, as anyone may see it."""

    version: int
    from_day: date
    smallest: int
    tables: Mapping[FigureTable, Shown]


@dataclass(frozen=True, slots=True)
class PublishedFigures:
    """What a programme has published, the newest first."""

    programme_id: UUID
    name: str
    versions: tuple[FiguresVersion, ...]


@dataclass(frozen=True, slots=True)
class FiguresNow:
    """The figures as the records stand. ``whole`` is for whoever may see people; others see ``shown``."""

    published: PublishedFigures
    smallest: int
    shown: Mapping[FigureTable, Shown]
    whole: Mapping[FigureTable, Table] | None


def public_figures() -> tuple[PublishedFigures, ...]:
    """Return what the programmes have published: for anyone to read."""
    found = (each for by in system_actors() for each in _for_anyone(by=by))
    return tuple(each for each in found if each.versions)


@reading(None)
def _for_anyone(*, by: Actor) -> tuple[PublishedFigures, ...]:
    return tuple(_published(by.scope, each) for each in organisations.list_programmes(by.scope))


@reading(Permission.SEE_PROGRAMME)
def figures_now(*, by: Actor, now: datetime) -> tuple[FiguresNow, ...]:
    """Return the figures of the reader's programmes as they stand, and what was published before."""
    programmes = organisations.list_programmes(by.scope)
    return tuple(_now(by, each, now.astimezone(UTC).date()) for each in programmes)


def _now(by: Actor, programme: Programme, today: date) -> FiguresNow:
    book = content_of(by.scope, programme.id).parameters
    smallest = int(book.quantity("published.smallest_count", on=today).value_in(ONE))
    people = programme_record.people_seen(by.scope, programme.id)
    whole = figures_of(people.values(), definitions_for(phq9.ID, book=book, on=today))
    return FiguresNow(
        published=_published(by.scope, programme),
        smallest=smallest,
        shown=shown_figures(whole, smallest=smallest),
        whole=whole if by.may(Permission.SEE_PEOPLE) else None,
    )


def _published(scope: Scope, programme: Programme) -> PublishedFigures:
    kept = published.publications_of(scope, programme.id, TRANSPARENCY)
    versions = tuple(
        FiguresVersion(each.version, each.from_day, each.details["smallest"], from_details(each.details))
        for each in kept
    )
    return PublishedFigures(programme.id, programme.name, versions)
