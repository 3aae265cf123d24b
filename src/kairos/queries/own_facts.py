"""What is known of oneself, entry by entry, with what one said against it and what was answered."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.eligibility.contested import (
    ANSWER_WITHIN,
    ANSWERED,
    CONTESTED,
    Answered,
    Contested,
    answers,
    contested,
)
from kairos.domain.eligibility.objections import OBJECTION
from kairos.queries.consents import own_person_id
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, facts, people, tasks
from kairos.store.repositories.people import Identity
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.errors import Missing
from kairos.vocab.facts import Fact, FactKind
from kairos.vocab.people import Actor, Permission, Scope
from kairos.vocab.quantities import HOUR

_NOT_HEALTH = frozenset({CONTESTED, ANSWERED, OBJECTION})
_HOURS_A_DAY = 24
PAGE = 40


@dataclass(frozen=True, slots=True)
class ContestedEntry:
    """One entry that one said is not right; ``answer_by`` while nobody has answered, else the answer."""

    said: Contested
    answer_by: datetime | None
    owner: str
    answer: Answered | None
    answered_by: str


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """One page of what is known, newest first; ``counts`` of every kind; what one contested, newest first."""

    identity: Identity
    counts: Mapping[FactKind, int]
    shown: tuple[Fact, ...]
    has_more: bool
    contested: tuple[ContestedEntry, ...]
    days: int
    zone: ZoneInfo

    def waits(self, about: str) -> ContestedEntry | None:
        """Return what one said against an entry that nobody has answered yet."""
        return next((one for one in self.contested if one.said.about == about and one.answer is None), None)


@reading(Permission.SEE_OWN_RECORD)
def own_facts(*, by: Actor, now: datetime, kind: FactKind | None = None, page: int = 0) -> OwnFacts:
    """Return what is known of whoever is logged in.

    Raises
    ------
    Missing    the log-in is nobody's own
    """
    person_id = own_person_id(by)
    person = people.find_person(by.scope, person_id)
    known = facts.facts_of(by.scope, person_id)
    health = [fact for fact in known if fact.concept not in _NOT_HEALTH]
    wanted = sorted((f for f in health if f.kind is kind), key=_day, reverse=True)
    content = content_of(by.scope, person.enrolments[0].programme_id)
    return OwnFacts(
        identity=person.identity or Identity(),
        counts=Counter(fact.kind for fact in health),
        shown=tuple(wanted[page * PAGE : (page + 1) * PAGE]),
        has_more=len(wanted) > (page + 1) * PAGE,
        contested=_contested(by.scope, person_id, known),
        days=ceil(content.parameters.quantity(ANSWER_WITHIN, on=now.date()).value_in(HOUR) / _HOURS_A_DAY),
        zone=zone_for(by.scope, person_id),
    )


@reading(Permission.SEE_OWN_RECORD)
def own_fact(*, fact_id: str, by: Actor) -> Fact:
    """Return one entry of one's own record.

    Raises
    ------
    Missing    no such entry
    """
    found = facts.find_facts(by.scope, own_person_id(by), [fact_id])
    if not found:
        raise Missing("this entry is not there")
    return found[0]


@reading(Permission.SIGN_ELIGIBILITY)
def contested_entry(*, task_id: UUID, by: Actor) -> Contested:
    """Return what a task is to answer.

    Raises
    ------
    Missing    no such task, or it answers nothing of this kind
    """
    task = tasks.find_task(by.scope, task_id)
    found = facts.find_facts(by.scope, task.person_id, [str(task.details.get("said", ""))])
    said = next(iter(contested(found)), None)
    if said is None:
        raise Missing("no entry was contested here")
    return said


def _day(fact: Fact) -> str:
    return str(fact.true_from or fact.true_at or fact.recorded_at or "")


def _contested(scope: Scope, person_id: UUID, known: tuple[Fact, ...]) -> tuple[ContestedEntry, ...]:
    said = contested(known)
    by_id = {str(task.id): task for task in tasks.tasks_of(scope, person_id)} if said else {}
    answered = answers(known)
    ids = {UUID(one.by) for one in answered.values()} | {t.owner for t in by_id.values() if t.owner}
    names = accounts.names_of(ids)
    return tuple(
        ContestedEntry(
            said=each,
            answer_by=by_id[each.task].due_at,
            owner=names.get(by_id[each.task].owner, ""),  # type: ignore[arg-type]
            answer=answered.get(each.task),
            answered_by=names.get(UUID(answered[each.task].by), "") if each.task in answered else "",
        )
        for each in reversed(said)
    )
