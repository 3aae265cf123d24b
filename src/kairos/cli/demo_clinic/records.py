"""Real records among the invented people, where this machine has some; imported as anyone's would be."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from kairos.actions.import_record import import_record
from kairos.cli.demo_clinic.house import House
from kairos.interop.fhir.incoming import incoming_files, incoming_records
from kairos.interop.fhir.reading import read_contents

_MOST_FILES = 6
_LARGEST_BYTES = 45_000
_WANTED = ("pregnancy", "stroke", "mdd", "hypertension", "overdose", "healthy", "seizure")


def real_files() -> tuple[Path, ...]:
    """Return a few small FHIR files of the folder of real records; none where there is no such folder."""
    folder = Path(os.environ.get("KAIROS_REAL_DATA", "../shared/data"))
    found = [path for path in sorted(folder.glob("*r4*/*.json.gz")) if path.stat().st_size <= _LARGEST_BYTES]
    found.sort(key=lambda path: not path.name.startswith(_WANTED))
    return tuple(found[:_MOST_FILES])


def import_contents(
    house: House, contents: Sequence[tuple[str, bytes]], *, now: datetime
) -> tuple[UUID, ...]:
    """Import files by name and content, and return the people in them, in order."""
    read = read_contents(list(contents))
    read.check()
    kept = import_record(
        command_id=uuid4(),
        by=house.nurse,
        now=now,
        programme_id=house.programme_id,
        files=incoming_files(read),
        records=incoming_records(read),
    )
    return kept.person_ids
