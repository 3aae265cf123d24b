"""The crisis card: numbers by country, and which of them a card shows, in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kairos.vocab.errors import Missing


class ContactKind(StrEnum):
    """How a number is reached. A screen makes ``tel:`` or ``sms:`` links of it."""

    CALL = "call"
    TEXT = "text"
    EMERGENCY = "emergency"

    @property
    def scheme(self) -> str:
        """The scheme of a link to the number."""
        return "sms" if self is ContactKind.TEXT else "tel"


@dataclass(frozen=True, slots=True)
class CrisisContact:
    """One way to reach a human being. ``label`` is what the button says."""

    id: str
    label: str
    kind: ContactKind
    number: str
    hours: str

    @property
    def href(self) -> str:
        """The link that calls or texts."""
        return f"{self.kind.scheme}:{self.number}"


@dataclass(frozen=True, slots=True)
class CrisisBook:
    """The contacts of one country, and the cards that use them."""

    country: str
    language: str
    contacts: Mapping[str, CrisisContact]
    cards: Mapping[str, tuple[str, ...]]
    sources: tuple[str, ...]

    def card(self, card_id: str) -> tuple[CrisisContact, ...]:
        """Return the contacts of a card, first one first.

        Raises
        ------
        Missing    no such card
        """
        if card_id not in self.cards:
            raise Missing(f"{card_id} is not a crisis card of {self.country}; add it to content/crisis")
        return tuple(self.contacts[name] for name in self.cards[card_id])
