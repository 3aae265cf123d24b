"""The price lists of programmes: for anyone, for staff, for a patient of the programme."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kairos.domain.evidence.price_list import PriceList, from_details, list_on
from kairos.queries.accounts import system_actors
from kairos.queries.reading import reading
from kairos.store.repositories import organisations, published
from kairos.store.repositories.published import PRICES, Publication
from kairos.vocab.people import Actor, Permission, Scope


@dataclass(frozen=True, slots=True)
class ProgrammePrices:
    """The price lists of one programme, the newest first."""

    programme_id: UUID
    name: str
    lists: tuple[PriceList, ...]

    def on(self, day: date) -> PriceList | None:
        """Return the list in force on a day."""
        return list_on(self.lists, day)

    @property
    def newest(self) -> int:
        """The number of the newest version; 0 where there is none."""
        return self.lists[0].version if self.lists else 0


def public_price_lists() -> tuple[ProgrammePrices, ...]:
    """Return the price lists of every programme that has published one: for anyone to read."""
    found = (each for by in system_actors() for each in _for_anyone(by=by))
    return tuple(each for each in found if each.lists)


@reading(None)
def _for_anyone(*, by: Actor) -> tuple[ProgrammePrices, ...]:
    return tuple(price_lists_of(by.scope))


@reading(Permission.SEE_PROGRAMME)
def price_lists(*, by: Actor) -> tuple[ProgrammePrices, ...]:
    """Return the price lists of the reader's programmes, those without any included."""
    return tuple(price_lists_of(by.scope))


def price_lists_of(scope: Scope) -> Iterable[ProgrammePrices]:
    """Yield the price lists of the programmes of a scope."""
    for programme in organisations.list_programmes(scope):
        kept = published.publications_of(scope, programme.id, PRICES)
        yield ProgrammePrices(programme.id, programme.name, tuple(map(_read, kept)))


def _read(kept: Publication) -> PriceList:
    return from_details(kept.details, version=kept.version, from_day=kept.from_day)
