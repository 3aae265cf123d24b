"""Which files have to be read together: those that speak of the same people, or point into each other.

Reading set after set keeps memory bounded by the largest set, however many files there are.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from kairos.interop.fhir.documents import Entry, entries_of
from kairos.interop.fhir.elements import children, text
from kairos.interop.fhir.references import FOLLOWED, conditional, names_of
from kairos.vocab.errors import InvalidInput

_POINTER = re.compile(rb'"reference"\s*:\s*("(?:[^"\\]|\\.)*")')


@dataclass(slots=True)
class _Named:
    """What one file holds that others may point to, and what it points to without holding it."""

    held: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    wanted: set[str] = field(default_factory=set)


def file_sets(
    paths: Sequence[Path], *, progress: Callable[[str], None] = lambda line: None
) -> list[list[Path]]:
    """Return the files in sets that can be read one after another; each file once, in the order given.

    A file that cannot be read stands in a set of its own: reading it says why.
    """
    given = list(dict.fromkeys(paths))
    above = list(range(len(given)))
    holder: dict[str, int] = {}
    wanted: list[set[str]] = []
    for number, path in enumerate(given):
        progress(f"looking whom {path} is about")
        named = _named(path)
        for name in named.people:
            _join(above, number, holder.setdefault(name, number))
        for name in named.held:
            holder.setdefault(name, number)
        wanted.append(named.wanted)
    for number, names in enumerate(wanted):
        for name in names & holder.keys():
            _join(above, number, holder[name])
    sets: dict[int, list[Path]] = {}
    for number, path in enumerate(given):
        sets.setdefault(_root(above, number), []).append(path)
    return list(sets.values())


def _root(above: list[int], number: int) -> int:
    while above[number] != number:
        number = above[number]
    return number


def _join(above: list[int], one: int, other: int) -> None:
    low, high = sorted((_root(above, one), _root(above, other)))
    above[high] = low


def _named(path: Path) -> _Named:
    named = _Named()
    try:
        entries = entries_of(str(path), path.read_bytes())
    except (InvalidInput, OSError):
        return named
    for entry in entries:
        if entry.type in FOLLOWED:
            held = {entry.full_url, f"{entry.type}/{entry.id}", f"urn:uuid:{entry.id}"} - {""}
            named.held |= held
        if entry.type == "Patient":
            named.people |= held | _identifiers(entry)
    for entry in entries:
        named.wanted |= _wanted(entry, named.held)
    return named


def _identifiers(entry: Entry) -> set[str]:
    found = children(orjson.loads(entry.data), "identifier")
    return {_identifier(text(one, "system"), text(one, "value")) for one in found}


def _identifier(system: str, value: str) -> str:
    return f"identifier {system}|{value}"


def _wanted(entry: Entry, held: set[str]) -> set[str]:
    """Return what an entry points to that its own file does not hold."""
    found: set[str] = set()
    for quoted in _POINTER.findall(entry.data):
        reference = orjson.loads(quoted)
        names = set(names_of(reference))
        if names.isdisjoint(held):
            found |= names
            system, value = conditional(reference)
            found |= {_identifier(system, value)} if value else set()
    return found
