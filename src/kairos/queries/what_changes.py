"""For whom a release on offer would change something, before it comes into force: people screened twice."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from kairos.content.in_force import ContentInForce
from kairos.content.review_of_release import content_if_signed
from kairos.content.screening_criteria import definitions_of, screen_as_of
from kairos.domain.eligibility.screening import DEFAULT_DEFINITIONS, Screening
from kairos.domain.evidence.review import first_day_anywhere
from kairos.domain.rules.target import DEFAULT_TARGET
from kairos.queries.content_in_force import content_of
from kairos.queries.content_review import offered_release, review_so_far
from kairos.queries.reading import reading
from kairos.queries.sign_off import programme_of
from kairos.store.repositories import content, facts, people, screenings
from kairos.store.repositories.people import Identity
from kairos.store.repositories.screenings import KeptScreening
from kairos.vocab.facts import AskedAsOf, Fact
from kairos.vocab.finding import Finding
from kairos.vocab.people import Actor, Permission, Scope
from kairos.vocab.stages import Stage
from kairos.vocab.verdict import Advice, Verdict

AT_ONCE = 25
"""How many people are screened for one answer, so that it comes within a second or two."""
CONCERNED = (Stage.SCREENING, Stage.ELIGIBLE, Stage.IN_COURSE, Stage.NOT_NOW)


@dataclass(frozen=True, slots=True)
class OtherVerdict:
    """One rule that answers otherwise; ``None`` where a release does not ask it."""

    rule: str
    title: str
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True, slots=True)
class ChangeForPerson:
    """One person for whom at least one rule answers otherwise."""

    person_id: UUID
    name: str
    before: Advice
    after: Advice
    verdicts: tuple[OtherVerdict, ...]


@dataclass(frozen=True, slots=True)
class ChangesForPeople:
    """A part of the programme's people: those for whom something changes, and where to go on."""

    people: tuple[ChangeForPerson, ...]
    looked_at: int
    of: int
    next_from: int | None


@reading(Permission.SIGN_CONTENT)
def what_changes(
    *, by: Actor, now: datetime, programme_id: UUID | None = None, start: int = 0
) -> ChangesForPeople:
    """Return for whom a signature would change what the rules answer, a bounded number of people at once.

    Those are asked about who are on the way to a dose; both answers are of today and of the same facts.

    Parameters
    ----------
    start : int    how many people to leave out, for the next part

    Raises
    ------
    Missing        no such programme within the scope
    """
    _, programme = programme_of(by.scope, programme_id)
    pair = (content_of(by.scope, programme.id), _if_signed(by.scope, programme.id, now))
    enrolled = sorted(
        e.person_id
        for e in people.list_enrolments(by.scope, stages=CONCERNED)
        if e.programme_id == programme.id
    )
    part = enrolled[start : start + AT_ONCE]
    names = people.identities(by.scope, part)
    found = [_change(by.scope, each, names[each], pair, now) for each in part if each in names]
    ends = start + len(part)
    return ChangesForPeople(
        people=tuple(each for each in found if each.verdicts),
        looked_at=ends,
        of=len(enrolled),
        next_from=ends if ends < len(enrolled) else None,
    )


def _if_signed(scope: Scope, programme_id: UUID, now: datetime) -> ContentInForce:
    offered, day = offered_release(), first_day_anywhere(now)
    review = review_so_far(scope, programme_id, offered, now)
    return content_if_signed(review, offered, content.overlay_of(scope, programme_id), on=day)


def _change(
    scope: Scope,
    person_id: UUID,
    who: Identity,
    pair: tuple[ContentInForce, ContentInForce],
    now: datetime,
) -> ChangeForPerson:
    held = facts.facts_of(scope, person_id)
    last = screenings.newest_screening(scope, person_id)
    old, new = (_screened(held, last, each, now) for each in pair)
    verdicts = other_verdicts(old.findings, new.findings, pair[1])
    return ChangeForPerson(person_id, who.shown_name, old.advice, new.advice, verdicts)


def _screened(
    held: tuple[Fact, ...], last: KeptScreening | None, by: ContentInForce, now: datetime
) -> Screening:
    return screen_as_of(
        AskedAsOf(now.astimezone(UTC).date()),
        held,
        target=last.target if last else DEFAULT_TARGET,
        definitions=definitions_of(by.release.rules, last.findings) if last else DEFAULT_DEFINITIONS,
        content=by,
    )


def other_verdicts(
    before: tuple[Finding, ...], after: tuple[Finding, ...], content: ContentInForce
) -> tuple[OtherVerdict, ...]:
    """Return the rules that answer otherwise, with the words of the later content where it has them."""
    old, new = ({f.rule: f.verdict for f in findings} for findings in (before, after))
    texts = content.release.texts
    return tuple(
        OtherVerdict(rule, texts.template(f"{rule}.subject") if f"{rule}.subject" in texts else rule, *pair)
        for rule in dict.fromkeys((*new, *old))
        if (pair := (old.get(rule), new.get(rule)))[0] != pair[1]
    )
