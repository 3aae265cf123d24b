"""Keep the offers that a patient compared, under their own key, or take them away again."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import kept_sheets
from kairos.store.repositories.kept_sheets import OFFERS
from kairos.vocab.errors import InvalidInput, Missing, Problem
from kairos.vocab.people import Actor, Permission

_MOST_FIELDS, _MOST_LETTERS = 80, 100


@command("keep_offers", Permission.SEE_OWN_RECORD)
def keep_offers(
    *, offers: Mapping[str, str], command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep what was filled in, by field; nothing at all takes away what was kept. No staff member sees it.

    Raises
    ------
    InvalidInput    more than a form of two offers holds
    Missing         no record of one's own
    """
    person_id = by.scope.patient_id
    if person_id is None:
        raise Missing("you have no record of your own here")
    if len(offers) > _MOST_FIELDS or any(len(value) > _MOST_LETTERS for value in offers.values()):
        raise InvalidInput(Problem("", "is more than two offers hold; shorten it"))
    sheet = kept_sheets.KeptSheet(
        *(new_id(), programme_of(by.scope, person_id), person_id, OFFERS, dict(offers), by.id, now)
    )
    kept_sheets.keep_sheet(by.scope, sheet)
    why = "kept" if offers else "taken_away"
    return sheet.id, AuditNote(f"sheet:{sheet.id}", sheet.programme_id, person_id, why=why)
