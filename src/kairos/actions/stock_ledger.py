"""What the actions about stock share: entries of a lot's ledger, one after the other, and second persons."""

from uuid import UUID

from kairos.domain.stock.ledger import LedgerEntry, append
from kairos.store.notify import changed
from kairos.store.repositories import accounts, organisations, stock
from kairos.store.repositories.organisations import Site
from kairos.store.repositories.stock import EntryDraft
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed, Problem
from kairos.vocab.people import GRANTS, Actor, Permission, Role, Scope


def enter(scope: Scope, draft: EntryDraft) -> LedgerEntry:
    """Add an entry to a lot's ledger, as the ledger allows it.

    Raises
    ------
    InvalidInput    a balance would fall below nought
    NotAllowed      what is to be reversed is not there, or was reversed before
    """
    stock.hold_lot(draft.lot_id)
    entries = stock.ledger_of(scope, draft.lot_id)
    append(entries, draft.movement, entry_id=draft.id, reverses=draft.reverses)
    written = stock.write_entry(scope, draft)
    changed(programme_id=draft.programme_id, topic="stock", subject=draft.lot_id)
    return written


def site_of(scope: Scope, site_id: UUID) -> Site:
    """Return a site. Raises Missing."""
    for site in organisations.list_sites(scope):
        if site.id == site_id:
            return site
    raise Missing("the site is not there, or not within your programmes")


def check_witness(witness_id: UUID | None, *, programme_id: UUID, by: Actor) -> UUID:
    """Return a second person who may witness in this programme.

    Raises
    ------
    InvalidInput    nobody is named
    NotAllowed      it is the same person, or somebody who does not handle this programme's stock
    """
    if witness_id is None:
        raise InvalidInput(Problem("witness", "nobody is named; a second person sees it and signs"))
    if witness_id == by.id:
        raise NotAllowed("a witness is a second person; ask somebody else to sign")
    roles = {
        Role(each.role) for each in accounts.memberships_of(witness_id) if each.programme_id == programme_id
    }
    if roles.isdisjoint(GRANTS[Permission.KEEP_STOCK]):
        raise NotAllowed("the witness does not handle stock in this programme; ask one of the care team")
    return witness_id
