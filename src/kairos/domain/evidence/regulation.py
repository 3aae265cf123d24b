"""Regulatory status: what the labels and the law of a place say of a product and a use, on a day.

The table answers only where it has a row. Where it is silent the answer is ``NOT_KNOWN``, which no rule may
take for permission.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.grades import Direction, Grade
from kairos.vocab.instants import PartialDate
from kairos.vocab.verdict import Verdict


class RegulatoryStatus(StrEnum):
    """Where a product stands for one indication in one jurisdiction."""

    APPROVED = "approved"
    OFF_LABEL = "off_label"
    COMPOUNDED_OFF_LABEL = "compounded_off_label"
    NOT_AVAILABLE = "not_available"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Product:
    """What is given. ``routes`` are the ways it is given; a compounded product was approved by nobody."""

    id: str
    routes: frozenset[str]
    is_compounded: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DatedRow:
    """When a row holds, where it comes from, and by when somebody looks again.

    A row known to the month holds from the month's last day on; within the month nothing is known.
    """

    id: str
    jurisdiction: str
    since: PartialDate
    until: date | None
    sources: tuple[str, ...]
    certainty: Certainty
    checked_on: date
    review_by: date

    def is_stale(self, on: date) -> bool:
        """Whether the day by which the row should have been looked at again has passed."""
        return on > self.review_by

    def holds(self, on: date) -> bool:
        """Whether the row has surely begun and not ended."""
        return self.since.last <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class StatusRow:
    """The status of products for indications in one jurisdiction. ``conditions`` are ids of texts."""

    row: DatedRow
    products: frozenset[str]
    indications: frozenset[str]
    status: RegulatoryStatus
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ControlRow:
    """Under which schedule of controlled drugs products stand, in the words of the jurisdiction."""

    row: DatedRow
    products: frozenset[str]
    schedule: str


@dataclass(frozen=True, slots=True)
class PrescribingRow:
    """Whether the law lets products be prescribed by ``means``, such as ``telehealth`` without a visit."""

    row: DatedRow
    products: frozenset[str]
    means: str
    is_allowed: bool
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicationEvidence:
    """How sure anyone is that a product, given by these routes, helps in one indication.

    ``statement`` is the id of a text; ``claims`` are rows of the claims registry.
    """

    product: str
    routes: frozenset[str]
    grade: Grade
    direction: Direction
    statement: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class IndicationProfile:
    """One thing a course may be meant to treat. ``is_offered`` is false where there is no evidence base."""

    id: str
    is_offered: bool
    evidence: tuple[IndicationEvidence, ...]

    def evidence_for(self, product: str, route: str) -> IndicationEvidence | None:
        """Return what is known of a product by one route; results of other routes never count."""
        fits = (each for each in self.evidence if each.product == product and route in each.routes)
        return next(fits, None)


@dataclass(frozen=True, slots=True)
class RegulatoryBook:
    """The whole table: products, indications and what holds where and when."""

    products: Mapping[str, Product]
    indications: Mapping[str, IndicationProfile]
    jurisdictions: tuple[str, ...]
    statuses: tuple[StatusRow, ...]
    controls: tuple[ControlRow, ...] = ()
    prescribing: tuple[PrescribingRow, ...] = ()

    def product_by(self, route: str) -> Product:
        """Return the product given by a route.

        Raises
        ------
        KeyError    no product is given so
        """
        for product in self.products.values():
            if route in product.routes:
                return product
        raise KeyError(route)


@dataclass(frozen=True, slots=True)
class RegulatoryStanding:
    """The answer for one product, use, place and day. ``row`` is None where the table is silent."""

    product: str
    indication: str
    jurisdiction: str
    on: date
    status: RegulatoryStatus
    row: DatedRow | None = None
    conditions: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether the table says anything for that day."""
        return self.status is not RegulatoryStatus.NOT_KNOWN

    @property
    def is_stale(self) -> bool:
        """Whether the row should have been looked at again before that day."""
        return self.row is not None and self.row.is_stale(self.on)

    @property
    def sources(self) -> tuple[str, ...]:
        """The citations of the row; none where the table is silent."""
        return self.row.sources if self.row else ()


def regulatory_status(
    book: RegulatoryBook, product: str, indication: str, jurisdiction: str, *, on: date
) -> RegulatoryStanding:
    """Return where a product stands for a use in a place on a day.

    Parameters
    ----------
    book : RegulatoryBook
    product, indication, jurisdiction : str    ids of the table; one it does not know is a silent table
    on : date

    Returns
    -------
    RegulatoryStanding    ``NOT_KNOWN`` where no row surely holds on that day
    """
    rows = [
        row
        for row in book.statuses
        if product in row.products and indication in row.indications and row.row.jurisdiction == jurisdiction
    ]
    found = _in_force(rows, on)
    if found is None:
        return RegulatoryStanding(product, indication, jurisdiction, on, RegulatoryStatus.NOT_KNOWN)
    return RegulatoryStanding(
        product, indication, jurisdiction, on, found.status, found.row, found.conditions
    )


def control_schedule(book: RegulatoryBook, product: str, jurisdiction: str, *, on: date) -> ControlRow | None:
    """Return the schedule of controlled drugs a product stands under, or None where the table is silent."""
    rows = [r for r in book.controls if product in r.products and r.row.jurisdiction == jurisdiction]
    return _in_force(rows, on)


def may_be_prescribed(
    book: RegulatoryBook, product: str, jurisdiction: str, *, means: str, on: date
) -> tuple[Verdict, PrescribingRow | None]:
    """Return whether the law lets a product be prescribed by a means, and the row that says so.

    MET where a row in force allows it, NOT_MET where one forbids it, UNKNOWN where the table is silent.
    """
    rows = [
        row
        for row in book.prescribing
        if product in row.products and row.row.jurisdiction == jurisdiction and row.means == means
    ]
    found = _in_force(rows, on)
    if found is None:
        return Verdict.UNKNOWN, None
    return (Verdict.MET if found.is_allowed else Verdict.NOT_MET), found


R = TypeVar("R", StatusRow, ControlRow, PrescribingRow)


def _in_force(rows: Iterable[R], on: date) -> R | None:
    """Return the newest row that may have begun, if it surely holds; a newer one in doubt hides the older."""
    begun = [row for row in rows if row.row.since.first <= on]
    newest = max(begun, key=lambda row: row.row.since.last, default=None)
    return newest if newest is not None and newest.row.holds(on) else None
