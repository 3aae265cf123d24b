"""Cards that were given to other systems, and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.store.records.cds import CardFeedback as FeedbackRecord
from kairos.store.records.cds import GivenCard as CardRecord
from kairos.store.repositories.rows import insert_many, to_columns, to_values
from kairos.store.scope import check_within, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A card: its id, which rules spoke, under which content."""

    id: UUID
    programme_id: UUID
    issuer: str
    service: str
    hook_instance: UUID
    indicator: str
    rules: tuple[str, ...]
    content_version: str
    overlay_version: str = ""


@dataclass(frozen=True, slots=True)
class KeptFeedback:
    """What somebody did with a card."""

    id: UUID
    programme_id: UUID
    card_id: UUID
    outcome: str
    suggestions: tuple[str, ...]
    reason_system: str
    reason_code: str
    has_comment: bool
    acted_at: datetime


def add_cards(scope: Scope, cards: Iterable[KeptCard]) -> None:
    """Keep cards, all in one statement."""
    rows = []
    for card in cards:
        check_within(scope, card.programme_id)
        rows.append(to_columns(card) | {"rules": list(card.rules)})
    insert_many(CardRecord, rows)


def add_feedback(scope: Scope, told: Iterable[KeptFeedback]) -> None:
    """Keep what became of cards."""
    rows = []
    for one in told:
        check_within(scope, one.programme_id)
        rows.append(to_columns(one) | {"suggestions": list(one.suggestions)})
    insert_many(FeedbackRecord, rows)


def cards_by_id(scope: Scope, card_ids: Iterable[UUID]) -> tuple[KeptCard, ...]:
    """Return the cards of the scope among these."""
    return to_values(KeptCard, within(CardRecord.objects.filter(id__in=list(card_ids)), scope))


def feedback_of(scope: Scope, card_id: UUID) -> tuple[KeptFeedback, ...]:
    """Return what became of a card, oldest first."""
    rows = within(FeedbackRecord.objects.filter(card_id=card_id), scope)
    return to_values(KeptFeedback, rows.order_by("acted_at", "id"))
