"""Keep which cards another system was given: what becomes of them is tied to rules and content."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.actions.cds_calls import use_token_once
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import given_cards
from kairos.store.repositories.given_cards import KeptCard
from kairos.vocab.people import Actor


@dataclass(frozen=True, slots=True)
class CardToKeep:
    """A card as it was written: its id, how grave it is, which rules spoke."""

    id: UUID
    indicator: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HookCall:
    """One call of another system: who called which service, with which token."""

    issuer: str
    service: str
    hook_instance: UUID
    token_id: str
    token_until: datetime


@command("give_cards", None)
def give_cards(
    *,
    programme_id: UUID,
    call: HookCall,
    cards: tuple[CardToKeep, ...],
    content_version: str,
    overlay_version: str,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[int, AuditNote]:
    """Use up the token of a call and keep its cards; return how many there were.

    Nothing about the person is kept: not the patient's id, no entry of the record, no text of a card.

    Raises
    ------
    NotAllowed    the token was used before
    """
    use_token_once(call.issuer, call.token_id, until=call.token_until, now=now)
    kept = [
        KeptCard(
            id=card.id,
            programme_id=programme_id,
            issuer=call.issuer,
            service=call.service,
            hook_instance=call.hook_instance,
            indicator=card.indicator,
            rules=card.rules,
            content_version=content_version,
            overlay_version=overlay_version,
        )
        for card in cards
    ]
    given_cards.add_cards(by.scope, kept)
    note = AuditNote(
        f"hook:{call.hook_instance}",
        programme_id=programme_id,
        why=call.service,
        details={"issuer": call.issuer, "cards": [str(card.id) for card in cards]},
    )
    return len(cards), note
