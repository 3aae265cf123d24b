"""Other people's Questionnaires that a programme keeps."""

from uuid import UUID

from kairos.queries.reading import reading
from kairos.store.repositories.known_questionnaires import known_questionnaires
from kairos.vocab.people import Actor, Permission


@reading(Permission.IMPORT_RECORD)
def kept_questionnaires(*, programme_id: UUID, by: Actor) -> tuple[bytes, ...]:
    """Return the Questionnaires kept from earlier imports, as they came, the newest first."""
    return tuple(known.content for known in known_questionnaires(by.scope, programme_id))
