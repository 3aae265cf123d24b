"""Where each fact of a person stands in time: worked out once, for whatever day is asked later.

The columns of ``kairos facts`` and the evaluation of one person must not drift apart, so both rest on
``entry_of`` and ``written_on``; what is worked out here depends on no day and no rule.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kairos.domain.rules.case import UNDATED, Entry, entry_of, moment, written_on
from kairos.vocab.facts import Fact, FactId, FactKind


class PlacedFact(NamedTuple):
    """A fact with the days that the rules read.

    ``usable_from`` is the first day as of which rules may read it, ``written`` the day on which it was
    written down, ``withdrawn_from`` the day as of which a correction by name takes it away. ``place``
    counts the moments of its concept, oldest first; facts of one moment share it.
    """

    fact: Fact
    first: date | None
    last: date | None
    written: date | None
    usable_from: date | None
    withdrawn_from: date | None
    place: int


def placed_facts(facts: Iterable[Fact]) -> Iterator[PlacedFact]:
    """Yield the facts of one person with their days, in the order in which they came."""
    entries = [entry_of(fact) for fact in facts]
    by_concept: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_concept[entry.fact.concept].append(entry)
    places = {concept: _places(group) for concept, group in by_concept.items()}
    withdrawn = {concept: _withdrawn(group) for concept, group in by_concept.items()}
    for entry in entries:
        fact = entry.fact
        is_dated = entry.first is not UNDATED
        yield PlacedFact(
            fact=fact,
            first=entry.first if is_dated else None,
            last=entry.last if is_dated else None,
            written=written_on(fact),
            usable_from=_usable_from(entry),
            withdrawn_from=withdrawn[fact.concept].get(fact.id),
            place=places[fact.concept][moment(entry)],
        )


def _places(entries: Sequence[Entry]) -> Mapping[object, int]:
    return {at: place for place, at in enumerate(sorted({moment(entry) for entry in entries}))}


def _usable_from(entry: Entry) -> date | None:
    """Return the day from which rules may read an entry; None where that is any day."""
    if entry.first is UNDATED:
        return None
    written = written_on(entry.fact)
    return entry.first if written is None else min(entry.first, written)


def _withdrawn(entries: Sequence[Entry]) -> Mapping[FactId, date]:
    """Return from which day on each entry is withdrawn by a later answer of the same concept."""
    found: dict[FactId, date] = {}
    for entry in entries:
        if entry.fact.kind is FactKind.ANSWER and "refutes" in entry.fact.details:
            since = _usable_from(entry) or UNDATED
            for name in str(entry.fact.details["refutes"]).split():
                found[name] = min(since, found.get(name, since))
    return found
