"""Files, in the database, so that every web process sees what any of them received."""

from dataclasses import dataclass
from uuid import UUID

from kairos.store.records.kernel import StoredFile as FileRecord
from kairos.store.repositories.rows import to_columns, to_value
from kairos.store.scope import check_within, the_only, within
from kairos.store.vault import key_of
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file about a person, closed under their key, or one of the programme's own."""

    id: UUID
    programme_id: UUID
    name: str
    media_type: str
    content: bytes
    by: UUID
    person_id: UUID | None = None


def keep_file(scope: Scope, file: StoredFile) -> None:
    """Keep a file."""
    check_within(scope, file.programme_id, file.person_id)
    name, content = file.name.encode(), file.content
    if file.person_id is not None:
        key = key_of(file.person_id)
        name, content = key.seal(name, f"file-name/{file.id}"), key.seal(content, f"file/{file.id}")
    columns = to_columns(file, "name", "content")
    FileRecord.objects.create(**columns, name=name, content=content, size=len(file.content))


def open_file(scope: Scope, file_id: UUID) -> StoredFile:
    """Return a file with its bytes.

    Raises
    ------
    Missing
    """
    row = the_only(within(FileRecord.objects.filter(id=file_id), scope), "the file")
    name, content = bytes(row.name), bytes(row.content)
    if row.person_id is not None:
        key = key_of(row.person_id)
        name, content = key.open(name, f"file-name/{row.id}"), key.open(content, f"file/{row.id}")
    return to_value(StoredFile, row, name=name.decode(), content=content)
