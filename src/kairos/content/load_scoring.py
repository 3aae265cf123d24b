"""How an instrument is scored, from its file: totals, bands, cut-offs and criteria, each with its source.

A part that names no source of its own rests on the source and certainty of its file.
"""

from collections.abc import Iterator
from itertools import pairwise

from kairos.content.loader import Lint, Table
from kairos.domain.evidence.citations import Certainty
from kairos.domain.instruments.cut_offs import AnswerCount, Criterion, CutOff
from kairos.domain.instruments.questionnaire import Band
from kairos.domain.instruments.totalling import MissingRule, ScoreDomain, Totalling

_EVIDENCE = ("source", "certainty")


def load_totalling(table: Table, lint: Lint) -> Totalling:
    """Return how the answers are added up; without the key: each item once, none missing."""
    entry = table.table("scoring") if "scoring" in table else table
    if entry is table:
        return Totalling(sources=lint.sources(table), certainty=table.one_of("certainty", Certainty))
    entry.only("factor", "domains", "entered_total", "missing", *_EVIDENCE)
    sources, certainty = _evidence(entry, table, lint)
    return Totalling(
        factor=whole(entry, "factor") if "factor" in entry else 1,
        domains=tuple(ScoreDomain(d.text("id"), d.texts("items")) for d in entry.tables("domains")),
        entered=load_span(entry, "entered_total"),
        missing=entry.one_of("missing", MissingRule),
        sources=sources,
        certainty=certainty,
    )


def load_bands(table: Table, lint: Lint) -> tuple[Band, ...]:
    """Return the named ranges of totals; they must follow each other without a gap."""
    bands = tuple(_band(entry, table, lint) for entry in table.tables("bands"))
    for lower, upper in pairwise(bands):
        if upper.lowest != lower.highest + 1:
            raise table.fault(f"band {upper.id} must begin at {lower.highest + 1}", "bands")
    return bands


def load_cut_offs(table: Table, lint: Lint) -> tuple[CutOff, ...]:
    """Return the lines through the totals."""
    return tuple(_cut_off(entry, table, lint) for entry in table.tables("cut_offs"))


def load_criteria(table: Table, lint: Lint) -> tuple[Criterion, ...]:
    """Return the rules over the answers."""
    return tuple(_criterion(entry, table, lint) for entry in table.tables("criteria"))


def named_items(table: Table) -> Iterator[str]:
    """Yield the items that scoring and criteria name."""
    domains = table.table("scoring").tables("domains") if "scoring" in table else []
    parts = [part for entry in table.tables("criteria") for part in entry.tables("all")]
    for entry in [*domains, *parts]:
        yield from entry.texts("items")


def load_span(table: Table, key: str) -> tuple[int, int] | None:
    """Return the lowest and the highest number of a range; None without the key."""
    if key not in table:
        return None
    entry = table.table(key)
    entry.only("lowest", "highest")
    span = (whole(entry, "lowest"), whole(entry, "highest"))
    if span[0] >= span[1]:
        raise table.fault(f"{key} runs from {span[0]} to {span[1]}; the lowest must stand first", key)
    return span


def whole(entry: Table, key: str) -> int:
    """Return a whole number."""
    number = entry.number(key)
    if number != int(number):
        raise entry.fault(f"{key} must be a whole number, not {number}", key)
    return int(number)


def _band(entry: Table, table: Table, lint: Lint) -> Band:
    entry.only("id", "name", "lowest", "highest", *_EVIDENCE)
    lowest, highest = whole(entry, "lowest"), whole(entry, "highest")
    if highest < lowest:
        raise entry.fault(f"the band runs from {lowest} to {highest}; the lowest must stand first", "highest")
    return Band(entry.text("id"), entry.text("name"), lowest, highest, *_evidence(entry, table, lint))


def _cut_off(entry: Table, table: Table, lint: Lint) -> CutOff:
    entry.only("id", "name", "lowest", "highest", "sex", *_EVIDENCE)
    if "lowest" not in entry and "highest" not in entry:
        raise entry.fault("a cut-off needs its lowest or its highest total", "id")
    sources, certainty = _evidence(entry, table, lint)
    return CutOff(
        id=entry.text("id"),
        name=entry.text("name"),
        sources=sources,
        certainty=certainty,
        lowest=whole(entry, "lowest") if "lowest" in entry else None,
        highest=whole(entry, "highest") if "highest" in entry else None,
        sex=entry.text("sex", ""),
    )


def _criterion(entry: Table, table: Table, lint: Lint) -> Criterion:
    entry.only("id", "name", "all", *_EVIDENCE)
    sources, certainty = _evidence(entry, table, lint)
    parts = tuple(_part(part) for part in entry.tables("all"))
    if not parts:
        raise entry.fault("a criterion needs at least one part under all", "id")
    return Criterion(entry.text("id"), entry.text("name"), parts, sources, certainty)


def _part(entry: Table) -> AnswerCount:
    entry.only("items", "value", "count")
    return AnswerCount(entry.texts("items"), whole(entry, "value"), whole(entry, "count"))


def _evidence(entry: Table, table: Table, lint: Lint) -> tuple[tuple[str, ...], Certainty]:
    sources = lint.sources(entry if "source" in entry else table)
    return sources, (entry if "certainty" in entry else table).one_of("certainty", Certainty)
