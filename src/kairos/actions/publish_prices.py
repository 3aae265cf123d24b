"""Put a new version of a programme's price list in force from a day on."""

from datetime import UTC, datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.programmes import check_ours
from kairos.domain.evidence.price_list import PriceList, check_price_list, to_details
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import content, published
from kairos.store.repositories.published import PRICES
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("publish_prices", Permission.KEEP_READINESS)
def publish_prices(
    *, programme_id: UUID, prices: PriceList, newest: int, command_id: UUID, by: Actor, now: datetime
) -> tuple[int, AuditNote]:
    """Keep a new version for anyone to read, and return its number; earlier ones stay as they were.

    Parameters
    ----------
    newest : int    the number of the newest version that was on the screen; 0 where there was none

    Raises
    ------
    InvalidInput    what is wrong with the list, beside its fields
    NotAllowed      another version came in between
    Missing         no such programme
    """
    check_ours(by.scope, programme_id)
    content.hold_signing(programme_id)
    protocols = content_of(by.scope, programme_id).release.protocols
    check_price_list(prices, protocols=protocols, today=now.astimezone(UTC).date())
    kept = published.publications_of(by.scope, programme_id, PRICES)
    if newest != (kept[0].version if kept else 0):
        raise NotAllowed("another price list came in between; look at it, then decide again")
    number = newest + 1
    published.add_publication(
        by.scope,
        published.Publication(
            *(new_id(), programme_id, PRICES, number, prices.from_day, to_details(prices), by.id, now)
        ),
    )
    about = f"programme:{programme_id}"
    return number, AuditNote(about, programme_id, why=PRICES, details={"version": number})
