"""Events to plain values and back. Old versions are lifted by pure functions, one step at a time."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from kairos.domain.sessions.events import EVENTS, Corrected, Event

Payload = Mapping[str, Any]
Lift = Callable[[dict[str, Any]], dict[str, Any]]

LIFTS: dict[tuple[str, int], Lift] = {}
"""(type, version) -> the function from that version's payload to the next version's. Grows, never shrinks."""


def to_payload(event: Event) -> dict[str, Any]:
    """Return the event's fields as JSON values; decimals and instants are text, so that nothing is lost."""
    if isinstance(event, Corrected) and event.replacement is not None:
        bare = to_payload(replace(event, replacement=None))
        inner = event.replacement
        bare["replacement"] = {"type": inner.type, "version": inner.version, **to_payload(inner)}
        return bare
    payload: dict[str, Any] = msgspec.to_builtins(event)
    return payload


def from_payload(event_type: str, version: int, payload: Payload) -> Event:
    """Return the event of a recorded payload, lifted to the present version of its type.

    Raises
    ------
    ValueError    an unknown type, a version from the future, or fields that do not fit: a bug or a
                  foreign stream, never something a person can correct
    """
    kind = EVENTS.get(event_type)
    if kind is None or not 1 <= version <= kind.version:
        raise ValueError(f"no event {event_type} of version {version} is known; is the program too old?")
    fields = dict(payload)
    for step in range(version, kind.version):
        fields = LIFTS[event_type, step](fields)
    return _corrected(fields) if kind is Corrected else _converted(kind, fields)


def _converted(kind: type[Event], fields: Payload) -> Event:
    try:
        return msgspec.convert(dict(fields), kind)
    except msgspec.ValidationError as error:
        raise ValueError(f"a payload of {kind.type} does not fit: {error}") from error


def _corrected(fields: dict[str, Any]) -> Event:
    inner = fields.pop("replacement", None)
    event = _converted(Corrected, fields)
    if inner is None:
        return event
    inner = dict(inner)
    amended = from_payload(inner.pop("type"), inner.pop("version"), inner)
    return replace(event, replacement=amended)  # type: ignore[call-arg]
