"""The lint of the content: what loading refuses, and what may be loaded but must not be shipped.

Content that ships says of every source what was read of it; it names who looks again, and by when, wherever a
value rests on nobody's authority but our own or was not read again; and it has no limits upside down.
"""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from kairos.content.loader import ContentError, ContentFault, ContentSource, Lint, Table
from kairos.content.release import build_release
from kairos.domain.evidence.citations import Basis, Certainty

_UNSURE = frozenset({Certainty.DEFAULT, Certainty.MEMORY})
_OURS = frozenset({Basis.DEFAULT, Basis.CONSENSUS})


def lint_content(source: ContentSource, *, on: date) -> list[ContentFault]:
    """Return every fault of the content as of a day, by file and line; none where it is in order."""
    lint = Lint()
    try:
        build_release(source)
    except ContentError as error:
        lint.faults.extend(error.faults)
    for file in source.under(""):
        with lint.collecting():
            _check_file(file.path, file.table(), lint, on)
    return sorted(set(lint.faults))


def _check_file(path: str, top: Table, lint: Lint, on: date) -> None:
    for table in _tables(top):
        for check in _EVERYWHERE:
            with lint.collecting():
                check(table, on)
    for prefix, check_entry in _BY_KIND.items():
        for name in top if path.startswith(prefix) else ():
            with lint.collecting():
                check_entry(top, name, top.table(name))


def _tables(value: Any) -> Iterator[Table]:
    """Yield a mapping and every mapping inside it."""
    if isinstance(value, Table):
        yield value
    inner = value.values() if isinstance(value, Table) else value if isinstance(value, list) else ()
    for each in inner:
        yield from _tables(each)


def _check_overdue(table: Table, on: date) -> None:
    if "review_by" in table and table.day("review_by") < on:
        raise table.fault(
            f"the review was due by {table['review_by']}; look again, or say why it waits", "review_by"
        )


def _check_bands(table: Table, _on: date) -> None:
    """Refuse bands of a score that are upside down, out of order or overlap."""
    bands = table.tables("bands")
    for band in bands:
        if band.number("lowest") > band.number("highest"):
            raise band.fault(
                f"the band {band.get('id')} is upside down: {band['lowest']} to {band['highest']}"
            )
    for lower, upper in pairwise(bands):
        if upper.number("lowest") <= lower.number("highest"):
            raise upper.fault(
                f"the band {upper.get('id')} overlaps {lower.get('id')}: both hold {upper['lowest']}"
            )


def _check_plausible(table: Table, _on: date) -> None:
    match table.get("plausible"):
        case [int() | float() as low, int() | float() as high] if low > high:
            raise table.fault(f"plausible is upside down: {low:g} is above {high:g}", "plausible")


def _check_citation(_top: Table, name: str, entry: Table) -> None:
    if not entry.text("what", ""):
        raise entry.fault(f"what is missing; say what of {name} was read (abstract, table, section)")


def _check_parameter(top: Table, name: str, entry: Table) -> None:
    if name == "review":
        return
    values = entry.table("values")
    for day in values:
        _check_review(top, entry, values.table(day))
        _check_pair(top, name, values, day)


def _check_review(top: Table, entry: Table, value: Table) -> None:
    """A value of our own, or one not read again, names who looks again and by when."""
    needs = value.get("certainty") in _UNSURE or value.get("basis") in _OURS
    if needs and not any("review" in table for table in (top, entry)) and "reviewed" not in value:
        raise value.fault("review is missing; say who looks again and by when, here or for the whole file")


def _check_pair(top: Table, name: str, values: Table, day: str) -> None:
    """A lowest value is not above the highest one of the same thing, as of the same day."""
    other = f"{name.removesuffix('_least')}_most"
    if not name.endswith("_least") or other not in top or day not in top.table(other).table("values"):
        return
    low = values.table(day).number("value")
    high = top.table(other).table("values").table(day).number("value")
    if low > high:
        raise values.fault(f"{name} is {low:g} and {other} is {high:g}: upside down", day)


_EVERYWHERE: tuple[Callable[[Table, date], None], ...] = (_check_overdue, _check_bands, _check_plausible)
_BY_KIND: dict[str, Callable[[Table, str, Table], None]] = {
    "citations.yaml": _check_citation,
    "parameters/": _check_parameter,
}
