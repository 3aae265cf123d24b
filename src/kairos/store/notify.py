"""Tells open screens that something changed: ids only, in the same transaction."""

from uuid import UUID

import msgspec
from django.db import connection

CHANNEL = "kairos_changed"


def changed(*, programme_id: UUID, topic: str, subject: UUID | str, urgent: bool = False) -> None:
    """Say on ``kairos_changed`` that a subject of a topic changed; heard when the transaction commits."""
    payload = {"programme": programme_id, "topic": topic, "id": subject, "urgent": urgent}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, msgspec.json.encode(payload).decode()])
