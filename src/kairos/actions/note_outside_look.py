"""Note that somebody opened the page which a patient shared outside."""

from datetime import datetime
from uuid import UUID

from kairos.actions.integration import programme_of
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import integration
from kairos.store.repositories.integration import Said
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission

OUTSIDE_LOOK = "outside_look"


@command("note_outside_look", Permission.USE_SCREEN)
def note_outside_look(*, command_id: UUID, by: Actor, now: datetime) -> tuple[UUID, AuditNote]:
    """Keep one look by a link; the patient sees each of them.

    Raises
    ------
    NotAllowed    whoever acts does not act by a link about one person
    """
    person_id = by.scope.patient_id
    if person_id is None:
        raise NotAllowed("a look from outside is noted of the link that opened the page")
    programme_id = programme_of(by.scope, person_id)
    told = (new_id(), programme_id, person_id, OUTSIDE_LOOK, by.id, "opened", by.id, now)
    integration.say(by.scope, Said(*told))
    return by.id, AuditNote(f"share:{by.id}", programme_id, person_id, why="opened")
