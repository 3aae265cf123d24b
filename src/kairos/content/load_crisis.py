"""Crisis numbers from ``crisis/<country>.yaml``."""

from collections.abc import Mapping

from kairos.content.loader import ContentSource, Lint, Table
from kairos.domain.evidence.citations import Certainty
from kairos.domain.instruments.crisis import ContactKind, CrisisBook, CrisisContact


def load_crisis(source: ContentSource, lint: Lint) -> Mapping[str, CrisisBook]:
    """Return the crisis contacts by country."""
    found: dict[str, CrisisBook] = {}
    for file in source.under("crisis/"):
        with lint.collecting():
            book = _book(file.table(), lint)
            found[book.country] = book
    return found


def _book(table: Table, lint: Lint) -> CrisisBook:
    table.only("country", "language", "source", "certainty", "contacts", "cards")
    table.one_of("certainty", Certainty)
    contacts = {contact.id: contact for contact in map(_contact, table.tables("contacts"))}
    cards = table.table("cards")
    return CrisisBook(
        country=table.text("country"),
        language=table.text("language"),
        contacts=contacts,
        cards={name: _shown(cards, name, contacts) for name in cards},
        sources=lint.sources(table),
    )


def _contact(entry: Table) -> CrisisContact:
    entry.only("id", "label", "kind", "number", "hours")
    return CrisisContact(
        id=entry.text("id"),
        label=entry.text("label"),
        kind=entry.one_of("kind", ContactKind),
        number=entry.text("number"),
        hours=entry.text("hours"),
    )


def _shown(cards: Table, name: str, contacts: Mapping[str, CrisisContact]) -> tuple[str, ...]:
    shown = cards.texts(name)
    strangers = [contact for contact in shown if contact not in contacts]
    if strangers or not shown:
        raise cards.fault(f"the card {name} needs contacts of this file; not known: {strangers}", name)
    return shown
