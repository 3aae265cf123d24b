"""The regulatory table from ``regulatory/``: products, indications, status, control, means of prescribing."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial

from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.grades import Direction, Grade
from kairos.domain.evidence.regulation import (
    ControlRow,
    DatedRow,
    IndicationEvidence,
    IndicationProfile,
    PrescribingRow,
    Product,
    RegulatoryBook,
    RegulatoryStatus,
    StatusRow,
)
from kairos.domain.evidence.texts import TextBook
from kairos.vocab.instants import PartialDate

_DATED = ("jurisdiction", "since", "until", "source", "certainty", "checked", "review_by")
_EVIDENCE = ("product", "routes", "grade", "direction", "statement", "claims", "source", "certainty")


@dataclass(slots=True)
class _Parts:
    lint: Lint
    texts: TextBook
    claims: Collection[str]
    products: dict[str, Product] = field(default_factory=dict)
    indications: dict[str, IndicationProfile] = field(default_factory=dict)
    statuses: list[StatusRow] = field(default_factory=list)
    controls: list[ControlRow] = field(default_factory=list)
    prescribing: list[PrescribingRow] = field(default_factory=list)
    taken: dict[tuple[str, ...], str] = field(default_factory=dict)

    def text(self, entry: Table, name: str, key: str = "") -> str:
        """Return the id of a text, or refuse one that is not there."""
        if name not in self.texts:
            raise entry.fault(f"the text {name} is missing", key)
        return name

    def known(self, entry: Table, key: str, known: Collection[str]) -> frozenset[str]:
        """Return the ids a key lists; none, or one that does not exist, is a fault."""
        names = entry.texts(key)
        strange = [name for name in names if name not in known]
        if strange or not names:
            raise entry.fault(f"{key} needs ids that exist; not known: {strange}", key)
        return frozenset(names)

    def once(self, entry: Table, kind: str, row: DatedRow, *places: Collection[str]) -> None:
        """Refuse two rows that say something of the same thing from the same day on."""
        for product in places[0]:
            for use in places[1] if places[1:] else ("",):
                key = (kind, row.jurisdiction, product, use, str(row.since))
                if key in self.taken:
                    raise entry.fault(
                        f"{row.id} says again what {self.taken[key]} says of {product} {use}".strip()
                    )
                self.taken[key] = row.id


def load_regulation(
    source: ContentSource, lint: Lint, *, texts: TextBook, claims: Collection[str]
) -> RegulatoryBook:
    """Return the regulatory table; every product, indication, text and claim named in it exists."""
    parts = _Parts(lint, texts, claims)
    builders: Mapping[str, Callable[[_Parts, str, Table], None]] = {
        "products": _add_product,
        "indications": _add_indication,
        "status": _add_status,
        "control": _add_control,
        "prescribing": _add_prescribing,
    }
    for name, builder in builders.items():
        each_entry(source.under(f"regulatory/{name}.yaml"), lint, partial(builder, parts))
    rows = [row.row for row in parts.statuses]
    return RegulatoryBook(
        products=parts.products,
        indications=parts.indications,
        jurisdictions=tuple(sorted({row.jurisdiction for row in rows})),
        statuses=tuple(parts.statuses),
        controls=tuple(parts.controls),
        prescribing=tuple(parts.prescribing),
    )


def _add_product(parts: _Parts, name: str, entry: Table) -> None:
    entry.only("routes", "compounded", "source", "certainty")
    entry.one_of("certainty", Certainty)
    parts.text(entry, f"product.{name}")
    routes = frozenset(entry.texts("routes"))
    taken = {route for product in parts.products.values() for route in product.routes}
    if not routes or routes & taken:
        raise entry.fault(
            f"routes needs at least one that no other product has: {sorted(routes & taken)}", "routes"
        )
    parts.products[name] = Product(name, routes, entry.flag("compounded"), parts.lint.sources(entry))


def _add_indication(parts: _Parts, name: str, entry: Table) -> None:
    entry.only("offered", "evidence")
    parts.text(entry, f"indication.{name}")
    evidence = tuple(_evidence(parts, table) for table in entry.tables("evidence"))
    ways = [(each.product, route) for each in evidence for route in each.routes]
    if len(set(ways)) != len(ways):
        raise entry.fault("evidence of one product and route stands twice", "evidence")
    parts.indications[name] = IndicationProfile(name, entry.flag("offered", True), evidence)


def _evidence(parts: _Parts, entry: Table) -> IndicationEvidence:
    entry.only(*_EVIDENCE)
    (product,) = parts.known(entry, "product", parts.products)
    return IndicationEvidence(
        product=product,
        routes=parts.known(entry, "routes", parts.products[product].routes),
        grade=entry.one_of("grade", Grade),
        direction=entry.one_of("direction", Direction),
        statement=parts.text(entry, entry.text("statement"), "statement"),
        claims=tuple(sorted(parts.known(entry, "claims", parts.claims))) if "claims" in entry else (),
        sources=parts.lint.sources(entry),
        certainty=entry.one_of("certainty", Certainty),
    )


def _add_status(parts: _Parts, name: str, entry: Table) -> None:
    entry.only(*_DATED, "products", "indications", "status", "conditions")
    row = _dated(parts, name, entry)
    products = parts.known(entry, "products", parts.products)
    indications = parts.known(entry, "indications", parts.indications)
    status = entry.one_of("status", RegulatoryStatus)
    if status is RegulatoryStatus.NOT_KNOWN:
        raise entry.fault("leave out what is not known; a silent table answers so by itself", "status")
    parts.once(entry, "status", row, products, indications)
    parts.statuses.append(StatusRow(row, products, indications, status, _conditions(parts, entry)))


def _add_control(parts: _Parts, name: str, entry: Table) -> None:
    entry.only(*_DATED, "products", "schedule")
    row, products = _dated(parts, name, entry), parts.known(entry, "products", parts.products)
    parts.once(entry, "control", row, products)
    parts.controls.append(ControlRow(row, products, entry.text("schedule")))


def _add_prescribing(parts: _Parts, name: str, entry: Table) -> None:
    entry.only(*_DATED, "products", "means", "allowed", "conditions")
    row, products = _dated(parts, name, entry), parts.known(entry, "products", parts.products)
    entry.need("allowed")
    means, is_allowed = entry.text("means"), entry.flag("allowed")
    parts.once(entry, means, row, products)
    parts.prescribing.append(PrescribingRow(row, products, means, is_allowed, _conditions(parts, entry)))


def _conditions(parts: _Parts, entry: Table) -> tuple[str, ...]:
    return tuple(parts.text(entry, name, "conditions") for name in entry.texts("conditions"))


def _dated(parts: _Parts, name: str, entry: Table) -> DatedRow:
    place = entry.text("jurisdiction")
    parts.text(entry, f"jurisdiction.{place}", "jurisdiction")
    since = _since(entry)
    until = entry.day("until") if "until" in entry else None
    if until is not None and until < since.first:
        raise entry.fault(f"until {until} lies before since {since}", "until")
    return DatedRow(
        id=name,
        jurisdiction=place,
        since=since,
        until=until,
        sources=parts.lint.sources(entry),
        certainty=entry.one_of("certainty", Certainty),
        checked_on=entry.day("checked"),
        review_by=entry.day("review_by"),
    )


def _since(entry: Table) -> PartialDate:
    """Return the day, month or year from which a row holds, as far as its source knew."""
    given = str(entry.need("since"))
    try:
        return PartialDate.parse(given)
    except ValueError as error:
        raise entry.fault(
            f"since must be a day, month or year like 2019-03, not {given!r}", "since"
        ) from error
