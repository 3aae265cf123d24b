"""The ideas of claims from ``claim_patterns/*.yaml``, to read texts by; ``words.yaml`` holds groups."""

import re
from collections.abc import Collection, Mapping

from kairos.content.loader import ContentSource, Lint, Table
from kairos.domain.evidence.claim_patterns import ClaimIdea, ClaimPatterns, Phrases

_WORDS = "claim_patterns/words.yaml"
_KEYS = ("all", "asserts", "none", "within", "stretched", "even_if_doubted")
_NAMED = re.compile(r"<([a-z_]+)>")
_DENIALS, _DOUBTS = "denials", "doubts"


def load_claim_patterns(source: ContentSource, lint: Lint, *, claims: Collection[str]) -> ClaimPatterns:
    """Return all ideas in the order of their claims; each is of a claim of the registry."""
    files = source.under("claim_patterns/")
    groups: dict[str, tuple[str, ...]] = {}
    ideas: dict[str, list[ClaimIdea]] = {}
    for file in files:
        with lint.collecting():
            groups |= _groups(file.table()) if file.path == _WORDS else {}
    for file in files:
        with lint.collecting():
            if file.path != _WORDS:
                _collect(file.table(), lint, claims, groups, ideas)
    ordered = tuple(idea for name in sorted(ideas) for idea in ideas[name])
    return ClaimPatterns(ordered, Phrases(groups.get(_DENIALS, ())))


def _collect(
    top: Table,
    lint: Lint,
    claims: Collection[str],
    groups: Mapping[str, tuple[str, ...]],
    ideas: dict[str, list[ClaimIdea]],
) -> None:
    for name in top:
        with lint.collecting():
            if name not in claims:
                raise top.fault(f"{name} is no claim of claims/", name)
            for entry in top.tables(name):
                with lint.collecting():
                    ideas.setdefault(name, []).append(_idea(name, entry, groups))


def _groups(top: Table) -> Mapping[str, tuple[str, ...]]:
    """Return the named groups; one may hold those that stand before it."""
    found: dict[str, tuple[str, ...]] = {}
    for name in top:
        found[name] = _phrases(top, name, top.texts(name), found)
    return found


def _phrases(
    table: Table, key: str, said: tuple[str, ...], groups: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    phrases: list[str] = []
    for phrase in said:
        named = _NAMED.fullmatch(phrase)
        if named and named[1] not in groups:
            raise table.fault(f"{key} names the group {named[1]!r}, which is not in {_WORDS}", key)
        phrases.extend(groups[named[1]] if named else (phrase,))
    return tuple(phrases)


def _idea(name: str, entry: Table, groups: Mapping[str, tuple[str, ...]]) -> ClaimIdea:
    entry.only(*_KEYS)
    all_of, asserts = _parts(entry, "all", groups), _parts(entry, "asserts", groups)
    if not all_of and not asserts:
        raise entry.fault(f"{name} says nothing; give it all or asserts")
    honest = _phrases(entry, "none", entry.texts("none"), groups)
    if not entry.flag("even_if_doubted"):
        honest += groups.get(_DOUBTS, ())
    return ClaimIdea(
        claim=name,
        all=all_of,
        asserts=asserts,
        none=Phrases(honest) if honest else None,
        within=int(entry.number("within")) if "within" in entry else 0,
        stretched=entry.flag("stretched"),
    )


def _parts(entry: Table, key: str, groups: Mapping[str, tuple[str, ...]]) -> tuple[Phrases, ...]:
    parts = entry.get(key, [])
    if not isinstance(parts, list) or not all(isinstance(part, list) for part in parts):
        raise entry.fault(f"{key} must be a list of lists of phrases", key)
    return tuple(Phrases(_phrases(entry, key, tuple(map(str, part)), groups)) for part in parts)
