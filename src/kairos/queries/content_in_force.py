"""What queries show by: a programme's release and own values, or those a session began with."""

from collections.abc import Sequence
from uuid import UUID

from kairos.content.in_force import (
    ContentInForce,
    content_as_kept,
    content_begun_with,
    in_force,
    is_own_version,
    release_of,
    shipped_content,
    with_own_protocols,
)
from kairos.domain.sessions.events import Opened, SessionEntry
from kairos.store.repositories import content
from kairos.store.repositories.screenings import KeptScreening
from kairos.vocab.people import Scope

SeenContent = dict[tuple[UUID, str, str, str, int], ContentInForce]


def content_of(scope: Scope, programme_id: UUID) -> ContentInForce:
    """Return the content in force for a programme, as the database names it in this transaction.

    Raises
    ------
    NotInForce    this program cannot read the release that is in force
    """
    return content_as_kept(content.content_in_force(scope, programme_id), content.files_of)


def content_of_session(
    scope: Scope,
    programme_id: UUID,
    entries: Sequence[SessionEntry],
    *,
    seen: SeenContent | None = None,
) -> ContentInForce:
    """Return the content that a session was opened with; it keeps it whatever is signed meanwhile.

    ``seen`` spares a page with many sessions from asking for the same content again.
    """
    opened = entries[0].event if entries else None
    if not isinstance(opened, Opened):
        return shipped_content()
    told = (opened.content_version, opened.overlay_version, opened.protocol, opened.protocol_version)
    key = (programme_id, *told)
    found = (seen or {}).get(key) or _of_opened(scope, *key)
    if seen is not None:
        seen[key] = found
    return found


def _of_opened(
    scope: Scope, programme_id: UUID, version: str, overlay: str, protocol: str, number: int
) -> ContentInForce:
    own = content.signed_values(scope, programme_id, overlay)
    begun = content_begun_with(version, overlay, own, content.files_of)
    if not is_own_version(begun.release, protocol, number):
        return begun
    copied = content.own_protocol(scope, programme_id, protocol, number)
    return with_own_protocols(begun, (copied,) if copied else (), content.files_of)


def content_of_screening(scope: Scope, kept: KeptScreening) -> ContentInForce:
    """Return the content that a screening was made by, for a replay.

    Raises
    ------
    NotInForce    its release was not kept, or this program cannot read it
    """
    release = release_of(kept.content_version, content.files_of)
    overlay = kept.overlay_version
    own = content.signed_values(scope, kept.programme_id, overlay)
    return in_force(release, own, overlay_version=overlay)
