"""Parameters from ``parameters/<chapter>.yaml``: id -> description, unit, values by day.

``review`` at the top of a file says who looks at its values again, and by when; an entry may say so itself.
"""

from datetime import date

from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.citations import Basis, Certainty
from kairos.domain.evidence.parameters import AllowedRange, ParameterBook, ParameterValue
from kairos.vocab.quantities import Quantity

_OPEN_TO_CHOICE = frozenset({Basis.CONSENSUS, Basis.DEFAULT})


def load_parameters(source: ContentSource, lint: Lint) -> ParameterBook:
    """Return every parameter with all its dated values."""
    found: dict[str, tuple[ParameterValue, ...]] = {}

    def build(name: str, entry: Table) -> None:
        if name == "review":
            read_review(entry)
        elif name in found:
            raise entry.fault(f"the parameter {name} stands in two files")
        else:
            found[name] = _dated(name, entry, lint)

    each_entry(source.under("parameters/"), lint, build)
    return ParameterBook(found)


def _dated(name: str, entry: Table, lint: Lint) -> tuple[ParameterValue, ...]:
    entry.only("description", "unit", "values", "review")
    entry.text("description")
    if "review" in entry:
        read_review(entry.table("review"))
    values = entry.table("values")
    if not values:
        raise entry.fault("values is empty; give at least one day", "values")
    return tuple(_value(name, entry, _from_day(values, key), values.table(key), lint) for key in values)


def _from_day(values: Table, key: str) -> date:
    try:
        return date.fromisoformat(key)
    except ValueError as error:
        raise values.fault(f"{key!r} is not a day like 2026-01-01", key) from error


def _value(name: str, entry: Table, from_day: date, table: Table, lint: Lint) -> ParameterValue:
    table.only("value", "source", "basis", "certainty", "reviewed", "range")
    reviewed = table.table("reviewed") if "reviewed" in table else None
    basis = table.one_of("basis", Basis)
    return ParameterValue(
        id=name,
        quantity=Quantity(table.number("value"), entry.text("unit")),
        from_day=from_day,
        sources=lint.sources(table),
        basis=basis,
        certainty=table.one_of("certainty", Certainty),
        description=entry.text("description"),
        reviewed_by=reviewed.text("by") if reviewed else "",
        reviewed_on=reviewed.day("on") if reviewed else None,
        range=_range(table, basis) if "range" in table else None,
    )


def read_review(table: Table) -> None:
    """Refuse a review that does not say who and by when."""
    table.only("owner", "review_by")
    table.text("owner")
    table.day("review_by")


def _range(table: Table, basis: Basis) -> AllowedRange:
    """Return where a programme's own value may lie; the shipped value lies there too."""
    given = table.table("range")
    given.only("low", "high")
    low, high, value = given.number("low"), given.number("high"), table.number("value")
    if basis not in _OPEN_TO_CHOICE:
        raise table.fault(f"a value of basis {basis} has no range; a programme cannot change it", "range")
    if low > high:
        raise table.fault(f"range is upside down: low {low:g} is above high {high:g}", "range")
    if not low <= value <= high:
        raise table.fault(f"value {value:g} lies outside its own range {low:g} to {high:g}", "value")
    return AllowedRange(low, high)
