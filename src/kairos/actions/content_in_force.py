"""What actions decide by: a programme's release and own values, or those a session began with."""

from collections.abc import Sequence
from uuid import UUID

from kairos.content.in_force import (
    ContentInForce,
    content_as_kept,
    content_begun_with,
    is_own_version,
    shipped_content,
    with_own_protocols,
)
from kairos.domain.sessions.events import Opened, SessionEntry
from kairos.store.repositories import content
from kairos.store.repositories.content import OwnProtocol
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Scope


def content_of(scope: Scope, programme_id: UUID) -> ContentInForce:
    """Return the content in force for a programme, as the database names it in this transaction.

    Raises
    ------
    NotInForce    this program cannot read the release that is in force
    """
    return content_as_kept(content.content_in_force(scope, programme_id), content.files_of)


def content_of_session(scope: Scope, programme_id: UUID, entries: Sequence[SessionEntry]) -> ContentInForce:
    """Return the content that a session was opened with; it keeps it whatever is signed meanwhile."""
    opened = entries[0].event if entries else None
    if not isinstance(opened, Opened):
        return shipped_content()
    own = content.signed_values(scope, programme_id, opened.overlay_version)
    begun = content_begun_with(opened.content_version, opened.overlay_version, own, content.files_of)
    return with_own_protocols(begun, _own_protocol(scope, programme_id, opened, begun), content.files_of)


def _own_protocol(
    scope: Scope, programme_id: UUID, opened: Opened, begun: ContentInForce
) -> Sequence[OwnProtocol]:
    """Return the programme's own copy that a session was opened with, where it was not the release's."""
    if not is_own_version(begun.release, opened.protocol, opened.protocol_version):
        return ()
    found = content.own_protocol(scope, programme_id, opened.protocol, opened.protocol_version)
    return (found,) if found else ()


def check_may_dose(scope: Scope, programme_id: UUID) -> None:
    """Refuse dosing under content that nobody answers for. Demonstrations allow it, and say so.

    Raises
    ------
    NotAllowed    in production, where no medical director signed the content in force
    """
    pair = content.content_in_force(scope, programme_id)
    if not pair.may_dose:
        raise NotAllowed(
            f"the content in force ({pair.release[:12]}) is not signed for this programme; nobody is dosed"
            " under it until the medical director reviews and signs it under Programme, Sign-off"
        )
