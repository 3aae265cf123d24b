"""What a person sees who came by a link: whether it takes answers, the questions, and who has been told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.content.release import load_release
from kairos.domain.instruments.answer_link import LinkPurpose, LinkState, link_state
from kairos.domain.instruments.asking import Asking, Given, Question, answered, questions_of
from kairos.domain.instruments.questionnaire import Instrument
from kairos.domain.instruments.safety import SafetyResponse, safety_of_answer
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, links, tasks
from kairos.store.repositories.askings import as_answer_link, asking_of_link, given_so_far, still_open
from kairos.store.repositories.site_clock import zone_for
from kairos.store.scope import scoped
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission, Role


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds a link: what it takes now, and the actor it makes. It names nobody."""

    state: LinkState
    actor: Actor


@dataclass(frozen=True, slots=True)
class Told:
    """Who took the call on: a name only where somebody has; by when."""

    name: str
    role: str
    by: datetime | None


@dataclass(frozen=True, slots=True)
class AnsweringPage:
    """The asking of a link: its questionnaires, its questions in order, and what was answered so far."""

    asking: Asking
    instruments: Mapping[str, Instrument]
    questions: tuple[Question, ...]
    given: Mapping[str, Given]

    def question(self, number: int) -> Question:
        """Return one page.

        Raises
        ------
        Missing    no question of this number
        """
        if not 1 <= number <= len(self.questions):
            raise Missing("there is no question of this number; open the link again")
        return self.questions[number - 1]

    def value_of(self, question: Question) -> int | None:
        """Return the answer given, None where there is none."""
        return self.given.get(question.instrument, {}).get(question.item_id)

    def is_passed(self, question: Question) -> bool:
        """Whether a question was answered or left out on purpose."""
        return question.item_id in self.given.get(question.instrument, {})

    @property
    def starts_safety(self) -> tuple[tuple[Question, SafetyResponse], ...]:
        """The questions whose answers call for people, with what each starts."""
        found = []
        for question in self.questions:
            value = self.value_of(question)
            instrument = self.instruments[question.instrument]
            started = None if value is None else safety_of_answer(instrument, question.item_id, value)
            if started is not None:
                found.append((question, started))
        return tuple(found)


def holder_of(address: str, *, now: datetime) -> Holder:
    """Return who holds a link, by its address, before any scope is known.

    Raises
    ------
    Missing    no such link, or one for another purpose
    """
    link, scope = links.find_any_link(address)
    if link.purpose != LinkPurpose.ANSWER_QUESTIONNAIRE:
        raise Missing("this link (it may have been used, or have expired) is for something else")
    state = link_state(as_answer_link(link), LinkPurpose.ANSWER_QUESTIONNAIRE, now=now)
    actor = Actor(link.id, frozenset({Role.PATIENT}), scope)
    if state is LinkState.OPEN:
        with scoped(scope):
            if not still_open(scope, link.person_id, asking_of_link(link)):
                state = LinkState.SPENT
    return Holder(state, actor)


@reading(Permission.ANSWER_QUESTIONNAIRE)
def answering_page(*, by: Actor) -> AnsweringPage:
    """Return the questions of the acting link with the answers so far."""
    asking = asking_of_link(links.link_by_id(by.scope, by.id))
    release = load_release()
    instruments = {name: release.instruments[name] for name in asking.instruments}
    given = given_so_far(by.scope, asking)
    questions = questions_of(tuple(instruments.values()), {n: answered(g) for n, g in given.items()})
    return AnsweringPage(asking, instruments, questions, given)


@reading(Permission.ANSWER_QUESTIONNAIRE)
def who_was_told(*, request_id: UUID, by: Actor) -> Told | None:
    """Return who has taken the call that an answer started; None while nobody has."""
    patient_id = by.scope.patient_id
    held = tasks.tasks_of(by.scope, patient_id) if patient_id else ()
    for task in held:
        if task.subject == request_id and task.owner is not None:
            names = accounts.names_of([task.owner])
            return Told(names.get(task.owner, ""), task.owner_role, task.due_at)
    return None


@reading(Permission.ANSWER_QUESTIONNAIRE)
def zone_of_link(*, by: Actor) -> ZoneInfo:
    """Return the time zone of the site that treats whoever holds the link."""
    return zone_for(by.scope, by.scope.patient_id or by.id)
