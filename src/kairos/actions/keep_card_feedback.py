"""Keep what clinicians of another system did with the cards they were given."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.actions.cds_calls import use_token_once
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import given_cards
from kairos.store.repositories.given_cards import KeptFeedback
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor


@dataclass(frozen=True, slots=True)
class ToldFeedback:
    """One entry of feedback, without the words that somebody wrote: they stay in the other system."""

    card_id: UUID
    outcome: str
    acted_at: datetime
    suggestions: tuple[str, ...] = ()
    reason_system: str = ""
    reason_code: str = ""
    has_comment: bool = False


@command("keep_card_feedback", None)
def keep_card_feedback(
    *,
    programme_id: UUID,
    issuer: str,
    service: str,
    token_id: str,
    token_until: datetime,
    told: tuple[ToldFeedback, ...],
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[int, AuditNote]:
    """Use up the token of a call and keep its feedback; return how many entries there were.

    Raises
    ------
    NotAllowed      the token was used before
    InvalidInput    a card that this client was not given by this service; nothing is kept then
    """
    use_token_once(issuer, token_id, until=token_until, now=now)
    known = given_cards.cards_by_id(by.scope, {one.card_id for one in told})
    ours = {card.id for card in known if (card.issuer, card.service) == (issuer, service)}
    strangers = [n for n, one in enumerate(told) if one.card_id not in ours]
    if strangers:
        message = "no card of this id was given to this client by this service; send the card's own uuid"
        raise InvalidInput(*(Problem(f"feedback[{n}].card", message) for n in strangers))
    given_cards.add_feedback(by.scope, [_kept(programme_id, one) for one in told])
    note = AuditNote(
        f"feedback:{command_id}",
        programme_id=programme_id,
        why=service,
        details={"issuer": issuer, "cards": [str(one.card_id) for one in told]},
    )
    return len(told), note


def _kept(programme_id: UUID, told: ToldFeedback) -> KeptFeedback:
    return KeptFeedback(
        id=new_id(),
        programme_id=programme_id,
        card_id=told.card_id,
        outcome=told.outcome,
        suggestions=told.suggestions,
        reason_system=told.reason_system,
        reason_code=told.reason_code,
        has_comment=told.has_comment,
        acted_at=told.acted_at,
    )
