"""The list of people, and the chart of one of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from kairos.domain.protocols.course import PlannedStatus
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, courses, facts, originals, people, screenings
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.originals import JoinProposal
from kairos.store.repositories.people import Enrolment, Identity
from kairos.store.repositories.screenings import EligibilityDecision
from kairos.vocab.errors import Missing
from kairos.vocab.facts import Fact
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Actor, Permission
from kairos.vocab.stages import Stage
from kairos.vocab.verdict import Advice

ROWS = 100


@dataclass(frozen=True, slots=True)
class CourseInBrief:
    """How far the newest course of a person is; ``open_stream`` is the session running now."""

    held: int
    planned: int
    open_stream: UUID | None

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is still to come."""
        return self.held == self.planned


def course_in_brief(sessions: Sequence[PlannedSession]) -> CourseInBrief | None:
    """Return how far the newest course among these sessions is; nothing where none is kept."""
    kept = [one for one in sessions if one.status != PlannedStatus.CANCELLED]
    if not kept:
        return None
    course = [one for one in kept if one.course_id == kept[-1].course_id]
    held = sum(one.status == PlannedStatus.DONE for one in course)
    stream = next((one.stream for one in course if one.status == PlannedStatus.OPEN), None)
    return CourseInBrief(held, len(course), stream)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list. ``advice`` is that of the newest screening, if there is one."""

    person_id: UUID
    name: str
    born_on: PartialDate | None
    stage: str
    advice: Advice | None
    course: CourseInBrief | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether a prescriber can decide now: everything is known and nothing is decided."""
        return self.stage == Stage.SCREENING and self.advice not in (None, Advice.INCOMPLETE)


@dataclass(frozen=True, slots=True)
class PeopleList:
    """The people found, those who wait for a decision first; ``found`` counts all of them."""

    rows: tuple[PersonRow, ...]
    found: int
    enrolled: int
    joins: int


@reading(Permission.SEE_PEOPLE)
def list_people(*, by: Actor, search: str = "", stages: Iterable[str] = ()) -> PeopleList:
    """Return the people of the actor's programmes; of these stages and words, if any are given.

    Parameters
    ----------
    search : str    part of a name, a birth date (or its year), a whole identifier, or our own id
    """
    enrolled = tuple(e for e in people.list_enrolments(by.scope, stages=stages) if e.stage != Stage.JOINED)
    found = enrolled
    if search.strip():
        ids = people.search(by.scope, search.strip())
        found = tuple(e for e in enrolled if e.person_id in ids)
    advice = screenings.newest_advice(by.scope, {e.person_id for e in found})
    ranked = sorted(found, key=lambda e: _rank(e, advice.get(e.person_id)))[:ROWS]
    names = people.identities(by.scope, {e.person_id for e in ranked})
    planned = courses.sessions_of_people(by.scope, {e.person_id for e in ranked})
    rows = tuple(
        _row(e, names[e.person_id], advice.get(e.person_id), planned.get(e.person_id, ()))
        for e in ranked
        if e.person_id in names
    )
    return PeopleList(rows, len(found), len(enrolled), len(originals.open_joins(by.scope)))


def _row(
    enrolment: Enrolment, identity: Identity, advice: Advice | None, sessions: Sequence[PlannedSession]
) -> PersonRow:
    who = (enrolment.person_id, identity.shown_name, identity.born_on)
    return PersonRow(*who, enrolment.stage, advice, course_in_brief(sessions))


def _rank(enrolment: Enrolment, advice: Advice | None) -> int:
    """Return the place of a person: decisions first, then open questions, then the rest."""
    if enrolment.stage != Stage.SCREENING:
        return 2
    return 1 if advice in (None, Advice.INCOMPLETE) else 0


@dataclass(frozen=True, slots=True)
class Chart:
    """What is known of one person: who, how far, what was decided, and every fact."""

    person_id: UUID
    identity: Identity
    enrolments: tuple[Enrolment, ...]
    facts: tuple[Fact, ...]
    advice: Advice | None
    decisions: tuple[EligibilityDecision, ...]
    signers: Mapping[UUID, str]
    joins: tuple[JoinProposal, ...]


@reading(Permission.SEE_CHART)
def chart(*, person_id: UUID, by: Actor) -> Chart:
    """Return the chart of a person. Call ``record_access`` first.

    Raises
    ------
    Missing    no such person in the actor's programmes, or erased
    """
    person = people.find_person(by.scope, person_id)
    if person.identity is None:
        raise Missing("this person's record was erased")
    decisions = screenings.decisions_of(by.scope, person_id)
    joins = [j for j in originals.open_joins(by.scope) if person_id in (j.person_id, j.other_id)]
    return Chart(
        person_id=person_id,
        identity=person.identity,
        enrolments=person.enrolments,
        facts=facts.facts_of(by.scope, person_id),
        advice=screenings.newest_advice(by.scope, [person_id]).get(person_id),
        decisions=decisions,
        signers=accounts.names_of({d.signed_by for d in decisions}),
        joins=tuple(joins),
    )
