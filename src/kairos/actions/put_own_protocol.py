"""Put a programme's own copy of a protocol in force, or give the protocol back to the release."""

from datetime import datetime
from uuid import UUID

from kairos.content.in_force import OWN_FROM, release_of, source_of
from kairos.content.loader import ContentError
from kairos.content.own_protocols import read_own_protocol
from kairos.content.release import ContentRelease
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import content
from kairos.store.repositories.content import OwnProtocol
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed, Problem
from kairos.vocab.people import Actor, Permission


@command("put_own_protocol", Permission.SIGN_CONTENT)
def put_own_protocol(
    *,
    programme_id: UUID,
    copies: str,
    text: str,
    reason: str,
    newest: int,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[int, AuditNote]:
    """Keep a copy that asks more than the protocol it copies, and return its number. It holds at once.

    Sessions that run keep the version they began with. Without a text the release's protocol holds again.

    Parameters
    ----------
    text : str      what the copy changes, under the keys of a protocol
    newest : int    the number of the newest copy that was on the screen; 0 where there was none

    Raises
    ------
    InvalidInput    it cannot be read, asks less in some place, changes nothing, or has no reason
    NotAllowed      another copy came in between
    Missing         the release has no such protocol
    """
    content.hold_signing(programme_id)
    before = _newest(by, programme_id, copies)
    if newest != (before.version if before else 0):
        raise NotAllowed("another copy of this protocol came in between; look at it, then decide again")
    if not reason.strip():
        raise InvalidInput(Problem("reason", "is empty; say why this programme asks more, or no longer does"))
    release = release_of(content.content_in_force(by.scope, programme_id).release, content.files_of)
    if copies not in release.protocols:
        raise Missing(f"the release in force has no protocol {copies!r}; choose one from the list")
    number = max(newest, OWN_FROM) + 1
    changed = _checked(copies, number, text, release) if text.strip() else _given_back(before)
    kept = OwnProtocol(
        id=new_id(),
        programme_id=programme_id,
        copies=copies,
        version=number,
        release=release.version,
        text=text if text.strip() else "",
        reason=reason.strip(),
        by=by.id,
    )
    content.keep_own_protocol(by.scope, kept)
    note = AuditNote(
        f"protocol:{copies}",
        programme_id,
        why="own_protocol",
        details={"version": number, "changes": changed},
    )
    return number, note


def _newest(by: Actor, programme_id: UUID, copies: str) -> OwnProtocol | None:
    kept = content.own_protocols_of(by.scope, programme_id)
    return next((each for each in kept if each.copies == copies), None)


def _checked(copies: str, number: int, text: str, release: ContentRelease) -> list[str]:
    """Return the places that a copy changes."""
    source = source_of(release.version, content.files_of)
    try:
        read = read_own_protocol(copies, number, text, source, release)
    except ContentError as error:
        raise InvalidInput(*(Problem("text", str(fault)) for fault in error.faults)) from error
    if not read.differences:
        raise InvalidInput(Problem("text", "changes nothing; say what this programme does otherwise"))
    return [each.where for each in read.differences]


def _given_back(before: OwnProtocol | None) -> list[str]:
    """Return nothing that is changed; refuse to give back what is the release's already."""
    if before is None or not before.text:
        raise InvalidInput(Problem("text", "is empty, and the release's protocol is in force already"))
    return []
