"""The table of facts: one row a fact, with everything that the rules read. Documented, versioned and dated.

``docs/reference/facts-schema.md`` prints these columns; a change of meaning raises ``VERSION``.
"""

# ruff: noqa: E501 - the table is read by the row

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kairos.domain.eligibility.ledger import form_of
from kairos.domain.rules.placing import PlacedFact, placed_facts
from kairos.vocab.facts import Fact
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity

VERSION = "1"
DATED = "2026-11-22"
VERSION_KEY = b"kairos.facts.version"
DATED_KEY = b"kairos.facts.dated"
CONTENT_KEY = b"kairos.facts.content"

Cell = Any


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type (as in ``pyarrow``), what it holds, and how it is taken from a fact."""

    name: str
    type: str
    about: str
    of: Callable[[PlacedFact], Cell]


def rows_of(facts: Iterable[Fact]) -> list[list[Cell]]:
    """Return the cells of one person's facts, row by row, without the person."""
    return [[column.of(placed) for column in FACT_COLUMNS] for placed in placed_facts(facts)]


def _quantity(value: object) -> Quantity | None:
    return value if isinstance(value, Quantity) else None


def _number(value: object) -> float | None:
    found = _quantity(value)
    return float(found.value) if found is not None else None


def _unit(value: object) -> str | None:
    found = _quantity(value)
    return found.unit if found is not None else None


def _text(placed: PlacedFact) -> str | None:
    value = placed.fact.value
    return str(value) if isinstance(value, str | PartialDate) else None


def _flag(placed: PlacedFact) -> bool | None:
    value = placed.fact.value
    return value if isinstance(value, bool) else None


def _first(day: object) -> Cell:
    return day.first if isinstance(day, PartialDate) else None


def _last(day: object) -> Cell:
    return day.last if isinstance(day, PartialDate) else None


def _detail(name: str) -> Callable[[PlacedFact], str | None]:
    def of(placed: PlacedFact) -> str | None:
        value = placed.fact.details.get(name)
        return None if value is None else str(value)

    return of


def _code(placed: PlacedFact) -> str | None:
    code = placed.fact.code
    return f"{code.system}|{code.code}" if code is not None else None


FACT_COLUMNS: tuple[Column, ...] = (
    Column("fact", "string", "id of the fact within its person: the entry it comes from, and its part", lambda p: p.fact.id),
    Column("kind", "string", "what sort of entry: `condition`, `medication`, `laboratory`, ...", lambda p: p.fact.kind.value),
    Column("concept", "string", "clinical concept of Kairos; empty where the entry was not understood", lambda p: p.fact.concept),
    Column("presence", "string", "`present`, `absent` or `not_sure`, as the source says", lambda p: p.fact.presence.value),
    Column("understanding", "string", "`exact`, `broader`, `not_understood` or `implausible`; only `exact` decides a rule", lambda p: p.fact.understanding.value),
    Column("origin", "string", "who stated it: `record`, `person`, `test`, `device` or `confirmed_list`", lambda p: p.fact.origin.kind.value),
    Column("status", "string", "the source's own word; empty where it gives none", lambda p: p.fact.status),
    Column("code", "string", "system and code as the source wrote them, with a bar between", _code),
    Column("value_number", "double", "a measured value, in `value_unit`", lambda p: _number(p.fact.value)),
    Column("value_unit", "string", "unit of the measured value, UCUM", lambda p: _unit(p.fact.value)),
    Column("comparator", "string", "`<`, `<=`, `>` or `>=` where the value is only a bound", _detail("comparator")),
    Column("value_text", "string", "a word (sex), or a date as far as it is known (date of birth)", _text),
    Column("value_flag", "bool", "a qualitative result: true positive, false negative", _flag),
    Column("value_from", "date32", "earliest day that a date as value can mean", lambda p: _first(p.fact.value)),
    Column("value_until", "date32", "latest day that a date as value can mean", lambda p: _last(p.fact.value)),
    Column("begin", "string", "since when it is so, as precise as the source: a year, a month or a day", lambda p: str(p.fact.true_from) if p.fact.true_from else None),
    Column("begin_first", "date32", "earliest day that `begin` can mean", lambda p: _first(p.fact.true_from)),
    Column("begin_last", "date32", "latest day that `begin` can mean", lambda p: _last(p.fact.true_from)),
    Column("end", "string", "until when it was so, as precise as the source", lambda p: str(p.fact.true_until) if p.fact.true_until else None),
    Column("end_first", "date32", "earliest day that `end` can mean", lambda p: _first(p.fact.true_until)),
    Column("end_last", "date32", "latest day that `end` can mean", lambda p: _last(p.fact.true_until)),
    Column("measured_at", "timestamp", "the instant of a measurement, UTC", lambda p: p.fact.true_at),
    Column("recorded_at", "timestamp", "the instant at which it was written down, UTC", lambda p: p.fact.recorded_at),
    Column("recorded_on", "date32", "the day on which it was written down", lambda p: p.written),
    Column("group", "string", "ties the parts of one reading together; empty for a fact alone", lambda p: p.fact.group),
    Column("first", "date32", "earliest day the fact can date from; an absence dates from when it was stated; empty where undated", lambda p: p.first),
    Column("last", "date32", "latest day the fact can date from", lambda p: p.last),
    Column("usable_from", "date32", "first day as of which rules read it; empty: any day", lambda p: p.usable_from),
    Column("withdrawn_from", "date32", "day as of which a correction by name takes it away", lambda p: p.withdrawn_from),
    Column("place", "int32", "order of its moment among all facts of its concept and person, oldest first", lambda p: p.place),
    Column("about", "string", "of an entry of the ledger of treatments: the fact it stands in place of", _detail("about")),
    Column("treatment", "string", "the treatment that was tried", _detail("treatment")),
    Column("treatment_type", "string", "`talk_therapy`; empty for a drug", _detail("type")),
    Column("treatment_form", "string", "the form of a drug that changes its least dose: `cr` or `patch`", lambda p: form_of(p.fact) or None),
    Column("treatment_completed", "string", "whether a talk therapy was completed: `yes` or `no`", _detail("completed")),
    Column("episode", "string", "`current` or `earlier`", _detail("episode")),
    Column("daily_dose", "double", "daily dose, in `daily_dose_unit`", lambda p: _number(p.fact.details.get("daily_dose"))),
    Column("daily_dose_unit", "string", "unit of the daily dose, UCUM", lambda p: _unit(p.fact.details.get("daily_dose"))),
    Column("improvement", "double", "fall of the symptom score, in `improvement_unit`", lambda p: _number(p.fact.details.get("improvement"))),
    Column("improvement_unit", "string", "unit of the improvement, UCUM", lambda p: _unit(p.fact.details.get("improvement"))),
)  # fmt: skip
