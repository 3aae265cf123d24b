"""The audit: writers add rows and wait for nobody; one sealer links them; anyone can verify.

A row's digest is set by the database when the row is written (``sql/functions.sql``). ``seal`` links
rows into blocks; each block's hash covers the block before. The newest hash also goes to a file
outside the database, so that a cut-off end is found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from kairos.store.ids import new_id
from kairos.vocab.people import Actor


@dataclass(frozen=True, slots=True)
class AuditNote:
    """What an action did, said with ids and codes only. Free text belongs elsewhere, under a key.

    ``subject`` is ``kind:id``; ``why`` a code of the reason; ``details`` ids, codes and numbers.
    """

    subject: str
    programme_id: UUID | None = None
    person_id: UUID | None = None
    why: str = ""
    details: Mapping[str, str | int | float | bool | list[str] | None] = field(default_factory=dict)


_INSERT = """
    INSERT INTO store_auditevent (id, actor, roles, action, organisation, programme_id, person_id,
        subject, why, details, command)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def write_event(
    *,
    action: str,
    note: AuditNote,
    actor_id: UUID,
    roles: str,
    organisation_id: UUID | None,
    command_id: UUID | None,
) -> None:
    """Add one event in the open transaction."""
    values: list[Any] = [
        new_id(),
        actor_id,
        roles,
        action,
        organisation_id,
        note.programme_id,
        note.person_id,
        note.subject,
        note.why,
        msgspec.json.encode(note.details).decode(),
        command_id,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)


def record(*, action: str, note: AuditNote, by: Actor, command_id: UUID | None) -> None:
    """Add the event of an action done by somebody."""
    roles = "system" if by.is_system else ",".join(sorted(by.roles))
    write_event(
        action=action,
        note=note,
        actor_id=by.id,
        roles=roles,
        organisation_id=by.scope.organisation_id,
        command_id=command_id,
    )
