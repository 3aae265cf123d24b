"""The samples of a table, person by person, checked before anything is computed from them."""

import csv
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import StringIO

from kairos.cli.given_files import content_of
from kairos.domain.pharmacology.noncompartmental import Administration
from kairos.vocab.errors import InvalidInput, Problem

REQUIRED = ("subject", "time", "conc", "dose", "route")
OPTIONAL = ("duration",)
EMPTY = ("", "na", "n/a", "nan", "null", "none", ".")
BELOW_LIMIT = re.compile(r"<\s*[\d.]+.*|blq|bql|bloq|lloq|loq|nd", re.IGNORECASE)
_NAME = re.compile(r"\s*(?P<name>\w+)\s*(?:[(\[]\s*(?P<unit>[^)\]]+?)\s*[)\]])?\s*")
_SHOWN = 10


@dataclass(slots=True)
class PersonSamples:
    """The samples of one person, in order of time; ``left_out`` says which were not used and why."""

    subject: str
    route: Administration
    dose: float | None
    duration: float
    times: list[float] = field(default_factory=list)
    concentrations: list[float] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SampleFile:
    """The persons in the order of the file, and the units that its header names."""

    people: tuple[PersonSamples, ...]
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: Mapping[str, str]

    def number_in(self, column: str, problems: list[Problem]) -> float | None:
        """Return a number, or None where the cell is empty; what is no number is a problem."""
        text = self.cells[column]
        if text.casefold() in EMPTY:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            problems.append(Problem(column, f"row {self.number}: {text!r} is not a number"))
            return None
        return value


def read_samples(name: str) -> SampleFile:
    """Read a table of samples.

    Raises
    ------
    InvalidInput    a column is missing, or a cell cannot be used; every such row is named
    """
    try:
        text = content_of(name).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(Problem(name, "is not UTF-8 text; save the table as CSV in UTF-8")) from error
    lines = csv.reader(StringIO(text), delimiter=_delimiter(text))
    columns, units = _columns(next(lines, []), name)
    rows = [
        _row(number, line, columns) for number, line in enumerate(lines, start=1) if any(map(str.strip, line))
    ]
    if not rows:
        raise InvalidInput(Problem(name, "has no rows after the names of the columns"))
    problems: list[Problem] = []
    people = [_person(subject, group, problems) for subject, group in _by_subject(rows, problems).items()]
    if problems:
        more = [Problem("", f"and {len(problems) - _SHOWN} more")] if len(problems) > _SHOWN else []
        raise InvalidInput(*problems[:_SHOWN], *more)
    return SampleFile(tuple(person for person in people if person is not None), units)


def _delimiter(text: str) -> str:
    """Return what stands between the names of the columns: a comma, a semicolon or a tab."""
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _columns(header: list[str], name: str) -> tuple[dict[str, int], dict[str, str]]:
    """Return where each column stands and the unit behind its name, as in ``conc (mg/L)``."""
    found = [(index, _NAME.fullmatch(cell)) for index, cell in enumerate(header)]
    named = [(index, match["name"].casefold(), match["unit"]) for index, match in found if match]
    columns: dict[str, int] = {}
    for index, column, _ in named:
        if column in (*REQUIRED, *OPTIONAL) and column in columns:
            raise InvalidInput(Problem("columns", f"{name} has several columns {column!r}; keep one"))
        columns[column] = index
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        raise InvalidInput(
            Problem(
                "columns",
                f"{name} has no column {', '.join(map(repr, missing))}; needed are "
                f"{', '.join(REQUIRED)}, and duration for infusions. Capitals do not matter",
            )
        )
    units = {column: unit for _, column, unit in named if unit and column in ("time", "conc", "dose")}
    return columns, units


def _row(number: int, line: list[str], columns: Mapping[str, int]) -> _Row:
    known = (*REQUIRED, *OPTIONAL)
    places = {column: columns[column] for column in known if column in columns}
    cells = {column: line[at].strip() if at < len(line) else "" for column, at in places.items()}
    return _Row(number, {"duration": ""} | cells)


def _by_subject(rows: Iterable[_Row], problems: list[Problem]) -> dict[str, list[_Row]]:
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        if not row.cells["subject"]:
            problems.append(Problem("subject", f"row {row.number}: whose sample this is, is not given"))
        groups.setdefault(row.cells["subject"], []).append(row)
    return groups


def _person(subject: str, rows: list[_Row], problems: list[Problem]) -> PersonSamples | None:
    before = len(problems)
    route = _route(subject, rows, problems)
    dose = _one_of(subject, "dose", rows, problems)
    duration = _one_of(subject, "duration", rows, problems)
    if dose is not None and dose < 0:
        problems.append(Problem("dose", f"subject {subject}: {dose:g} is below zero"))
    if route is Administration.IV_INFUSION and not (duration and duration > 0):
        problems.append(Problem("duration", f"subject {subject}: an infusion needs a duration above zero"))
    samples = _samples(subject, rows, problems)
    if route is None or len(problems) > before:
        return None
    infused = route is Administration.IV_INFUSION
    person = PersonSamples(subject, route, dose or None, (duration or 0.0) if infused else 0.0)
    for at, level, number in sorted(samples, key=lambda sample: sample[0]):
        _take(person, at, level, number)
    return person


def _take(person: PersonSamples, at: float, level: float | str, number: int) -> None:
    """Add a sample; one below the limit of the assay counts as 0 before the first one above it."""
    if isinstance(level, float):
        person.times.append(at)
        person.concentrations.append(level)
    elif level in EMPTY:
        person.left_out.append(f"row {number}: no concentration")
    elif any(value > 0 for value in person.concentrations):
        person.left_out.append(f"row {number}: below the limit of the assay, after a measured one")
    else:
        person.times.append(at)
        person.concentrations.append(0.0)


def _samples(subject: str, rows: list[_Row], problems: list[Problem]) -> list[tuple[float, float | str, int]]:
    found: dict[float, tuple[float, float | str, int]] = {}
    for row in rows:
        level = _level(row, problems)
        at = row.number_in("time", problems)
        if at is None:
            if level not in EMPTY and row.cells["time"].casefold() in EMPTY:
                problems.append(
                    Problem("time", f"row {row.number}: the time of this concentration is missing")
                )
            continue
        if at in found and level not in EMPTY and found[at][1] not in EMPTY:
            message = (
                f"subject {subject}: rows {found[at][2]} and {row.number} are both of time {at:g}; keep one"
            )
            problems.append(Problem("time", message))
        if at not in found or found[at][1] in EMPTY:
            found[at] = (at, level, row.number)
    return list(found.values())


def _level(row: _Row, problems: list[Problem]) -> float | str:
    """Return a concentration, "" for none, or "blq" for below the limit of the assay."""
    if BELOW_LIMIT.fullmatch(row.cells["conc"]):
        return "blq"
    value = row.number_in("conc", problems)
    if value is not None and value < 0:
        problems.append(
            Problem(
                "conc",
                f"row {row.number}: {value:g} is below zero; enter 0 or BLQ where nothing was measurable",
            )
        )
    return "" if value is None else value


def _route(subject: str, rows: list[_Row], problems: list[Problem]) -> Administration | None:
    named = {row.cells["route"].casefold().replace("_", "-").replace(" ", "-") for row in rows} - {""}
    if len(named) == 1 and next(iter(named)) in list(Administration):
        return Administration(next(iter(named)))
    known = ", ".join(Administration)
    said = "several routes" if len(named) > 1 else (repr(next(iter(named))) if named else "no route")
    problems.append(Problem("route", f"subject {subject}: {said}; one of {known} is needed"))
    return None


def _one_of(subject: str, column: str, rows: list[_Row], problems: list[Problem]) -> float | None:
    """Return the one value that all rows of a person give; empty cells say nothing."""
    values = {row.number_in(column, problems) for row in rows} - {None}
    if len(values) > 1:
        message = (
            f"subject {subject}: several are given; one dose at time 0 is analysed, give each its own subject"
        )
        problems.append(Problem(column, message))
    return next(iter(values), None)
