"""A person's chart with their course: the page a clinician opens first, read in one transaction."""

from datetime import datetime
from uuid import UUID

from kairos.queries.courses import CoursePage, course_page
from kairos.queries.people import Chart, chart
from kairos.queries.reading import reading
from kairos.vocab.people import Actor, Permission


@reading(Permission.SEE_CHART)
def chart_with_course(*, person_id: UUID, by: Actor, now: datetime) -> tuple[Chart, CoursePage]:
    """Return the chart of a person and their course. Call ``record_access`` first.

    Raises
    ------
    Missing    no such person in the actor's programmes, or erased
    """
    return chart(person_id=person_id, by=by), course_page(person_id=person_id, by=by, now=now)
