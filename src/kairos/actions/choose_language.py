"""Keep in which language somebody wants to be spoken to."""

from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import accounts
from kairos.vocab.people import Actor, Permission


@command("choose_language", Permission.USE_SCREEN)
def choose_language(*, language: str, command_id: UUID, by: Actor, now: datetime) -> tuple[None, AuditNote]:
    """Keep the language of one's own account.

    Parameters
    ----------
    language : str    its code, such as ``es``
    """
    accounts.set_language(by.id, language)
    return None, AuditNote(f"user:{by.id}", details={"language": language})
