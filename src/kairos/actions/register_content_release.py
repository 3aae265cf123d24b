"""Register the release that this program ships with, so that all processes know it and keep its files."""

from datetime import datetime
from uuid import UUID

from kairos.content.loader import read_source
from kairos.content.packing import pack
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import content
from kairos.vocab.people import Actor


@command("register_content_release", None)
def register_content_release(*, command_id: UUID, by: Actor, now: datetime) -> tuple[str, AuditNote]:
    """Keep the files of the installed release under their hash, once, and return its version.

    It comes into force for a programme when its medical director signs it; before anybody has signed
    anything, the newest registered one is in force, unsigned.
    """
    source = read_source()
    version = source.version
    is_new = content.register_release(version, by=by.id, files=pack(source))
    return version, AuditNote(f"content:{version}", why="registered" if is_new else "known")
