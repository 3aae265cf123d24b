"""Which Patient entries of one set of files are the same person.

Two entries are one person if they share an identifier (system and value), or the logical id, and
nothing in them disagrees. Names never join anybody.
"""

from collections.abc import Sequence

from kairos.interop.fhir.documents import Entry, refused
from kairos.interop.fhir.patient import PatientIdentity, identity_of
from kairos.interop.fhir.references import ReferenceIndex


def people_of(patients: Sequence[Entry], index: ReferenceIndex) -> dict[Entry, Entry]:
    """Return for each Patient entry the entry that stands for its person: the first one of that person.

    Raises
    ------
    InvalidInput    one logical id in the set names two different people
    """
    stands_for: dict[Entry, Entry] = {}
    firsts: list[Entry] = []
    for entry in patients:
        identity = identity_of(index.parsed(entry))
        for first in firsts:
            other = identity_of(index.parsed(first))
            if _is_same(entry, identity, first, other):
                stands_for[entry] = first
                break
            if entry.id and entry.id == first.id:
                raise refused(
                    entry.file,
                    f"{entry.place}: {entry.type}/{entry.id} is another person than in {first.file}; "
                    "import these files separately",
                )
        else:
            stands_for[entry] = entry
            firsts.append(entry)
    return stands_for


def _is_same(entry: Entry, identity: PatientIdentity, first: Entry, other: PatientIdentity) -> bool:
    if identity.birth_date != other.birth_date:
        return False
    if set(identity.identifiers) & set(other.identifiers):
        return True
    return bool(entry.id) and entry.id == first.id and not _contradict(identity, other)


def _contradict(identity: PatientIdentity, other: PatientIdentity) -> bool:
    held = dict(other.identifiers)
    return any(held.get(system, value) != value for system, value in identity.identifiers)
