"""A programme's own figures, for anyone: who was turned away, what went wrong, who was watched, did it help.

Each table parts one set of people, sessions or courses: every one stands in exactly one row, those nobody
measured too. So the rows add up to the whole, and small rows can be hidden without a sum giving them away.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kairos.domain.outcomes.change import Change, remission, response
from kairos.domain.outcomes.definitions import OutcomeDefinitions
from kairos.domain.outcomes.disclosure import Counts, Shown, is_small, shown_table
from kairos.vocab.errors import NotAllowed
from kairos.vocab.verdict import Verdict

Table = Mapping[str, Counts]


class FigureTable(StrEnum):
    """What is published."""

    SCREENING = "screening"
    EVENTS = "events"
    WATCHED = "watched"
    OUTCOME = "outcome"
    COURSES = "courses"


ROWS: Mapping[FigureTable, tuple[str, ...]] = {
    FigureTable.SCREENING: ("cleared", "screened_out", "undecided"),
    FigureTable.EVENTS: ("none_reported", "reported", "serious"),
    FigureTable.WATCHED: ("throughout", "lost", "not_known"),
    FigureTable.OUTCOME: ("remission", "response", "less", "low_at_start", "not_measured"),
    FigureTable.COURSES: ("parts_3", "parts_2", "parts_1", "parts_0"),
}
"""The rows of each table in their order; which are hidden depends on it, and never on what is counted."""


NOT_MEASURED = Change(None, None)


@dataclass(frozen=True, slots=True)
class CourseSeen:
    """What one course had: a meeting before, one after, and whether each held session was watched."""

    watched: tuple[Verdict, ...]
    had_preparation: bool
    had_integration: bool

    @property
    def parts(self) -> int:
        """The completeness of the course: how many of preparation, supervision and integration it had."""
        is_watched = bool(self.watched) and all(verdict is Verdict.MET for verdict in self.watched)
        return self.had_preparation + is_watched + self.had_integration


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """What the figures count of one person. ``is_cleared`` is the newest signed decision, None without one.

    ``serious`` says of each adverse event whether it was; ``change`` is from before the first session held.
    """

    was_screened: bool = False
    is_cleared: bool | None = None
    courses: tuple[CourseSeen, ...] = ()
    serious: tuple[bool, ...] = ()
    change: Change = NOT_MEASURED

    @property
    def was_treated(self) -> bool:
        """Whether any session was held."""
        return any(course.watched for course in self.courses)


def figures_of(people: Iterable[PersonSeen], definitions: OutcomeDefinitions) -> Mapping[FigureTable, Table]:
    """Return every table in full, for those who may see it; ``shown_figures`` is what anyone may see."""
    seen = list(people)
    treated = [person for person in seen if person.was_treated]
    courses = [course for person in treated for course in person.courses if course.watched]
    placed = {
        FigureTable.SCREENING: map(_screened, (person for person in seen if person.was_screened)),
        FigureTable.EVENTS: map(_harmed, treated),
        FigureTable.WATCHED: (_WATCHED[verdict] for course in courses for verdict in course.watched),
        FigureTable.OUTCOME: (_outcome(person.change, definitions) for person in treated),
        FigureTable.COURSES: (f"parts_{course.parts}" for course in courses),
    }
    return {table: _counted(rows, placed[table]) for table, rows in ROWS.items()}


def _counted(rows: Sequence[str], placed: Iterable[str]) -> Table:
    counts = Counter(placed)
    return {row: (counts[row],) for row in rows}


def _screened(person: PersonSeen) -> str:
    if person.is_cleared is None:
        return "undecided"
    return "cleared" if person.is_cleared else "screened_out"


def _harmed(person: PersonSeen) -> str:
    if any(person.serious):
        return "serious"
    return "reported" if person.serious else "none_reported"


_WATCHED = {Verdict.MET: "throughout", Verdict.NOT_MET: "lost", Verdict.UNKNOWN: "not_known"}


def _outcome(change: Change, definitions: OutcomeDefinitions) -> str:
    """Return the row of a person who was treated; what was not measured is never taken for no change."""
    if change.baseline is None or change.current is None:
        return "not_measured"
    fell = response(change, definitions).verdict
    if fell is Verdict.UNKNOWN:
        return "low_at_start"
    if remission(change, definitions).verdict is Verdict.MET:
        return "remission"
    return "response" if fell is Verdict.MET else "less"


def shown_figures(figures: Mapping[FigureTable, Table], *, smallest: int) -> Mapping[FigureTable, Shown]:
    """Return the tables as anyone may see them."""
    return {table: shown_table(rows, smallest=smallest) for table, rows in figures.items()}


def check_tells_no_few(
    before: Mapping[FigureTable, Shown], after: Mapping[FigureTable, Shown], *, smallest: int
) -> None:
    """Refuse a version that tells a few people by what changed since the one before.

    Raises
    ------
    NotAllowed    naming how large a change has to be
    """
    changes = [
        abs(new - old)
        for table, shown in after.items()
        if table in before
        for new, old in _both(before[table], shown)
    ]
    if any(is_small(change, smallest) for change in changes):
        raise NotAllowed(
            f"fewer than {smallest} people or sessions came to a figure since the last version, and a reader "
            "could tell who they are; publish again when more have come"
        )


def _both(before: Shown, after: Shown) -> Iterable[tuple[int, int]]:
    """Yield each count that both versions show, the new one first."""
    pairs = [(after.totals, before.totals), *((after.rows[row], before.rows.get(row)) for row in after.rows)]
    for new, old in pairs:
        if new is not None and old is not None:
            yield from zip(new, old, strict=False)


def to_details(shown: Mapping[FigureTable, Shown], *, smallest: int) -> dict[str, Any]:
    """Return what is kept of a version; the counts that are hidden are not in it."""
    tables = {
        table.value: {
            "rows": {row: None if counts is None else list(counts) for row, counts in each.rows.items()},
            "totals": None if each.totals is None else list(each.totals),
        }
        for table, each in shown.items()
    }
    return {"smallest": smallest, "tables": tables}


def from_details(details: Mapping[str, Any]) -> Mapping[FigureTable, Shown]:
    """Return the tables that ``to_details`` told; a table that is published no longer is left out."""
    return {
        FigureTable(name): Shown(
            {row: None if counts is None else tuple(counts) for row, counts in each["rows"].items()},
            None if each["totals"] is None else tuple(each["totals"]),
        )
        for name, each in details["tables"].items()
        if name in set(FigureTable)
    }
