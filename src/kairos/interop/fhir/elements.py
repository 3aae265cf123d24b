"""Reaching into parsed FHIR JSON without trusting its shape: what has the wrong type counts as not there."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from kairos.domain.evidence.resource_versions import UNVERSIONED, ResourceVersion
from kairos.vocab.codes import Code
from kairos.vocab.instants import PartialDate

Json = dict[str, Any]
REMEMBERED = 4096


def child(value: Any, *path: str) -> Json:
    """Return the mapping at a path of keys; an empty one where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def children(value: Any, key: str) -> list[Json]:
    """Return the mappings of a list; a single mapping counts as a list of one."""
    held = value.get(key) if isinstance(value, dict) else None
    items = held if isinstance(held, list) else [held]
    return [item for item in items if isinstance(item, dict)]


def text(value: Any, key: str) -> str:
    """Return a text, stripped; empty where there is none."""
    held = value.get(key) if isinstance(value, dict) else None
    return held.strip() if isinstance(held, str) else ""


def number(value: Any, key: str) -> float | None:
    """Return a number; nothing for anything else, also for numbers beyond a float."""
    held = value.get(key) if isinstance(value, dict) else None
    if isinstance(held, bool) or not isinstance(held, int | float):
        return None
    try:
        return float(held)
    except OverflowError:
        return None


def codings(concept: Any) -> tuple[Code, ...]:
    """Return the codings of a CodeableConcept that have a code."""
    listed = [one for one in children(concept, "coding") if text(one, "code")]
    return tuple([_code(text(one, "system"), text(one, "code"), text(one, "display")) for one in listed])


@lru_cache(maxsize=REMEMBERED)
def _code(system: str, code: str, display: str) -> Code:
    """Return a code; records write the same few over and over."""
    return Code(system, code, display)


def wordings(concept: Any) -> Iterator[str]:
    """Return the texts of a CodeableConcept: its own, then its codings' displays; what is repeated once."""
    displays = [text(coding, "display") for coding in children(concept, "coding")]
    yield from dict.fromkeys(words for words in (text(concept, "text"), *displays) if words)


def status_code(resource: Json, key: str) -> str:
    """Return the code of a status written as CodeableConcept; its text where it has no code."""
    concept = child(resource, key)
    return next((code.code for code in codings(concept)), "") or text(concept, "text").lower()


@lru_cache(maxsize=REMEMBERED)
def partial_date(written: str) -> PartialDate | None:
    """Return a date in the precision of its source; nothing where it cannot be read.

    Records write the same few dates over and over; those read last are kept.
    """
    try:
        return PartialDate.parse(written) if written else None
    except ValueError:
        return None


def instant(written: str) -> datetime | None:
    """Return an aware instant; nothing for a bare date or one without a time zone."""
    if "T" not in written:
        return None
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    return read if read.tzinfo is not None else None


def version_of(resource: Json) -> ResourceVersion:
    """Return what a resource says of its own version."""
    meta = child(resource, "meta")
    if not meta:
        return UNVERSIONED
    return ResourceVersion(text(meta, "versionId"), instant(text(meta, "lastUpdated")))
