"""Following references within one set of files, in each form FHIR allows.

Looked for in the same file first, then in the others: the full address, ``Type/id``, ``urn:uuid:id``,
an absolute address by its last two parts, and conditional references to a patient's identifier.
"""

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import unquote

from kairos.interop.fhir.documents import Entry
from kairos.interop.fhir.elements import Json, children, text

FOLLOWED = frozenset({"Patient", "Medication", "Encounter"})


class ReferenceIndex:
    """Finds the entry a reference means. Only what mappers follow is kept parsed."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._in_file: dict[tuple[str, str], Entry] = {}
        self._anywhere: dict[str, Entry] = {}
        self._by_identifier: dict[tuple[str, str], Entry] = {}
        self._parsed: dict[Entry, Json] = {}
        self._found: dict[tuple[str, str], Entry | None] = {}
        for entry in entries:
            if entry.type in FOLLOWED:
                self._add(entry)

    def entry(self, file: str, reference: str) -> Entry | None:
        """Return the entry a reference in this file means, if it is in the set; most name the one person."""
        asked = (file, reference)
        if asked not in self._found:
            self._found[asked] = self._find(file, reference)
        return self._found[asked]

    def _find(self, file: str, reference: str) -> Entry | None:
        for name in names_of(reference):
            found = self._in_file.get((file, name)) or self._anywhere.get(name)
            if found is not None:
                return found
        system, value = conditional(reference)
        return self._by_identifier.get((system, value))

    def resource(self, file: str, reference: str) -> Json:
        """Return the parsed resource a reference means; an empty one where it is not in the set."""
        entry = self.entry(file, reference)
        return self.parsed(entry) if entry is not None else {}

    def parsed(self, entry: Entry) -> Json:
        """Return an entry's resource, parsed once."""
        if entry not in self._parsed:
            self._parsed[entry] = entry.resource
        return self._parsed[entry]

    def _add(self, entry: Entry) -> None:
        names = [entry.full_url, f"{entry.type}/{entry.id}" if entry.id else ""]
        names += [f"urn:uuid:{entry.id}"] if entry.id else []
        for name in filter(None, names):
            self._in_file.setdefault((entry.file, name), entry)
            self._anywhere.setdefault(name, entry)
        if entry.type == "Patient":
            for one in children(self.parsed(entry), "identifier"):
                self._by_identifier.setdefault((text(one, "system"), text(one, "value")), entry)


def names_of(reference: str) -> Iterable[str]:
    """Yield each name under which the entry that a reference means may be known."""
    plain = reference.partition("/_history/")[0]
    yield reference
    yield plain
    if "://" in plain:
        yield "/".join(plain.split("/")[-2:])


def conditional(reference: str) -> tuple[str, str]:
    """Return system and value of the identifier that a conditional reference to a patient asks for."""
    kind, _, query = reference.partition("?")
    key, _, value = query.partition("=")
    if kind != "Patient" or key != "identifier" or not value:
        return "", ""
    system, bar, number = unquote(value).rpartition("|")
    return (system, number) if bar else ("", number)


Groups = dict[str, list[Entry]]


def by_logical_id(entries: Iterable[Entry]) -> Groups:
    """Group entries by ``Type/id``."""
    groups: Groups = defaultdict(list)
    for entry in entries:
        groups[entry.reference].append(entry)
    return groups
