"""The adverse events of a programme in figures: counts beside what they are counted of."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kairos.domain.safety.adverse_events import AdverseEvent, EventSeverity


@dataclass(frozen=True, slots=True)
class TermCount:
    """How often one term was reported: in how many people, and how many times by strength."""

    term: str
    events: int
    people: int
    by_severity: tuple[tuple[EventSeverity, int], ...]
    serious: int


@dataclass(frozen=True, slots=True)
class EventFigures:
    """All of it: events, people with one, serious ones, sessions held, and each term, the commonest first.

    ``sessions`` is what the events are set beside; an event that nobody reported is not in any of them.
    """

    events: int
    people: int
    serious: int
    sessions: int
    terms: tuple[TermCount, ...]


def event_figures(reported: Iterable[tuple[str, AdverseEvent]], *, sessions: int) -> EventFigures:
    """Return the figures of reported events.

    Parameters
    ----------
    reported : (person, event)    each event once, as it is known now
    sessions : count              sessions held in the same programme
    """
    listed = list(reported)
    by_term: dict[str, list[tuple[str, AdverseEvent]]] = {}
    for person, event in listed:
        by_term.setdefault(event.term, []).append((person, event))
    counted = [_count(term, found) for term, found in by_term.items()]
    return EventFigures(
        events=len(listed),
        people=len({person for person, _ in listed}),
        serious=sum(event.is_serious for _, event in listed),
        sessions=sessions,
        terms=tuple(sorted(counted, key=lambda each: (-each.events, each.term))),
    )


def _count(term: str, found: list[tuple[str, AdverseEvent]]) -> TermCount:
    grades = Counter(event.severity for _, event in found)
    return TermCount(
        term=term,
        events=len(found),
        people=len({person for person, _ in found}),
        by_severity=tuple((grade, grades[grade]) for grade in EventSeverity),
        serious=sum(event.is_serious for _, event in found),
    )
