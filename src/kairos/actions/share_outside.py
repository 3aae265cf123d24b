"""Let a therapist outside the clinic read chosen parts by a link, for so many days."""

from datetime import datetime
from uuid import UUID

from kairos.actions.integration import SHARE, limits_of, own_person, programme_of, statement
from kairos.domain.integration.sharing import check_share
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import integration, links
from kairos.vocab.people import Actor, Permission

OUTSIDE = "outside_therapist"


@command("share_outside", Permission.INTEGRATE)
def share_outside(
    *,
    recipient: str,
    parts: tuple[str, ...],
    days: int,
    address: str,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep a link under the digest of its address, and return the id of the share.

    Parameters
    ----------
    address : str    fresh, from ``queries.outside_share.fresh_address``; told once, kept nowhere
    days : int       for how many days it opens

    Raises
    ------
    InvalidInput    nobody named, nothing chosen, or longer than a link may live
    """
    person_id = own_person(by)
    programme_id = programme_of(by.scope, person_id)
    longest = limits_of(by.scope, programme_id, now).span("integration.share_ends")
    name, chosen, expires_at = check_share(recipient, tuple(parts), days, longest=longest, now=now)
    link = links.OneTapLink(new_id(), programme_id, person_id, OUTSIDE, expires_at)
    links.keep_link(by.scope, link, address)
    said = statement(
        *(SHARE, link.id, "open"),
        person_id=person_id,
        details={"parts": [part.value for part in chosen], "expires_at": expires_at.isoformat()},
        words={"recipient": name},
        by=by,
        now=now,
    )
    integration.say(by.scope, said)
    shared = [part.value for part in chosen]
    note = AuditNote(f"share:{link.id}", programme_id, person_id, "shared", {"parts": shared, "days": days})
    return link.id, note
