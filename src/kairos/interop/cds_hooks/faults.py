"""Faults of a CDS Hooks document: where each stands, what it is, and whether the rest can be read."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``place`` is where it stands in the JSON: ``cards[0].source``.

    ``is_readable``: the document breaks the letter of the specification or of FHIR, and what it says is
    still clear. ``kairos cds check`` names every fault; the service refuses a request only for the others.
    """

    place: str
    message: str
    is_readable: bool = False


@dataclass(slots=True)
class FaultList:
    """Collects the faults of one document, in the order in which they are found.

    ``names_all`` is false where a service asks: then only what it refuses for is looked for, and the depths
    of resources are left to their reader.
    """

    names_all: bool = True
    found: list[Fault] = field(default_factory=list)

    def add(self, place: str, message: str, *, is_readable: bool = False) -> None:
        """Note a fault that makes the document unusable, or one that does not."""
        if self.names_all or not is_readable:
            self.found.append(Fault(place or "$", message, is_readable))


def inside(place: str, name: str | int) -> str:
    """Return the place of a property, or of an item of an array."""
    if isinstance(name, int):
        return f"{place}[{name}]"
    return f"{place}.{name}" if place else name
