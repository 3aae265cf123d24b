"""What actions share that move a person from stage to stage."""

from uuid import UUID

from kairos.store.repositories import people
from kairos.vocab.people import Scope
from kairos.vocab.stages import Stage


def move_on(person_id: UUID, stage: Stage, *, scope: Scope) -> None:
    """Note how far a person has come; the stage before is kept in the history.

    Raises
    ------
    Missing    no such person within the scope
    """
    for enrolment in people.find_person(scope, person_id).enrolments:
        if enrolment.stage != stage:
            people.move_to_stage(scope, enrolment.id, stage)
