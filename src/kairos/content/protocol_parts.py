"""Parts that protocols share, from ``protocol_parts/*.yaml``: laid under a protocol's own entries.

A mapping of a part is completed by the protocol's own, key by key. A list of a part comes first; an item with
the ``id`` of one before it stands in its place. Everything keeps the file and line it was written in.
"""

from collections.abc import Iterable
from typing import Any

from kairos.content.loader import ContentSource, Table

FOLDER = "protocol_parts/"


def with_parts(top: Table, source: ContentSource) -> Table:
    """Return a protocol's table with the parts it names laid under it, in their order."""
    files = {file.path: file for file in source.under(FOLDER)}
    layers = []
    for name in top.texts("parts"):
        file = files.get(f"{FOLDER}{name}.yaml")
        if file is None:
            raise top.fault(f"the part {name!r} does not exist in {FOLDER}", "parts")
        layers.append(file.table())
    return _laid(Table(top.file, top.line), (*layers, top))


def laid_over(base: Table, own: Table) -> Table:
    """Return a protocol's table with a copy's own entries laid over it, by the same rules."""
    return _laid(Table(own.file, own.line), (base, own))


def _laid(under: Table, layers: Iterable[Table]) -> Table:
    for layer in layers:
        for key, value in layer.items():
            under[key] = _joined(under.get(key), value)
            if layer.file == under.file:
                under.lines[key] = layer.lines[key]
    return under


def _joined(before: Any, own: Any) -> Any:
    if isinstance(before, Table) and isinstance(own, Table):
        joined = Table(own.file, own.line)
        joined.update({**before, **own})
        joined.lines.update(own.lines)
        return joined
    if isinstance(before, list) and isinstance(own, list):
        return _replaced([*before], own)
    return own


def _replaced(items: list[Any], own: list[Any]) -> list[Any]:
    """Return a list with its own items at the end, or in the place of one with the same id."""
    places = {
        item["id"]: place for place, item in enumerate(items) if isinstance(item, Table) and "id" in item
    }
    for item in own:
        name = item.get("id") if isinstance(item, Table) else None
        if name in places:
            items[places[name]] = item
        else:
            items.append(item)
    return items
