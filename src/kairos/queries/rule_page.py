"""One rule of the book: what it says to whom, its condition, numbers and sources, and whom it touched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kairos.content.in_force import ContentInForce, shipped_content
from kairos.domain.evidence.citations import Citation
from kairos.domain.evidence.parameters import ParameterValue
from kairos.domain.evidence.texts import Audience, TextBook
from kairos.domain.rules.condition_words import parameters_of
from kairos.domain.rules.rule import Rule
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import organisations, people, screenings
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission
from kairos.vocab.verdict import Verdict

MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class TouchedPerson:
    """Somebody whose newest screening says that the rule speaks against going on, or is not known."""

    person_id: UUID
    name: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Touched:
    """How the newest screening of everybody in one's programmes answers the rule."""

    counts: Mapping[Verdict, int]
    people: tuple[TouchedPerson, ...]


@dataclass(frozen=True, slots=True)
class RulePage:
    """One rule as the page shows it. ``numbers`` are by parameter, oldest value first."""

    rule: Rule
    content: ContentInForce
    on: date
    said: Mapping[Audience, tuple[str, str]]
    questions: tuple[tuple[str, str], ...]
    sources: tuple[Citation, ...]
    numbers: tuple[tuple[ParameterValue, ...], ...]
    touched: Touched | None


@reading(Permission.SEE_CONTENT)
def rule_page(*, rule: str, by: Actor, now: datetime) -> RulePage:
    """Return one rule; whom it touched is told to who may see people and their charts or the programme.

    Raises
    ------
    Missing    there is no such rule in force
    """
    programmes = organisations.list_programmes(by.scope)
    content = content_of(by.scope, programmes[0].id) if programmes else shipped_content()
    release = content.release
    if rule not in release.rules:
        raise Missing(f"there is no rule {rule} in force; choose one of the rule book")
    found = release.rules[rule]
    named = [
        n for g in found.grades for n in parameters_of(g.speaks_against, content.parameters.__contains__)
    ]
    may_see_whom = by.may(Permission.SEE_CHART) or by.may(Permission.SEE_PROGRAMME)
    return RulePage(
        rule=found,
        content=content,
        on=now.date(),
        said={audience: _said(release.texts, rule, audience) for audience in Audience},
        questions=tuple(
            (_text(release.texts, q), _text(release.texts, q, Audience.PATIENT)) for q in found.questions
        ),
        sources=tuple(release.citations[key.removeprefix("cite:")] for key in found.sources),
        numbers=tuple(content.parameters.dated(name) for name in dict.fromkeys(named)),
        touched=_touched(by, rule) if may_see_whom and by.may(Permission.SEE_PEOPLE) else None,
    )


def _touched(by: Actor, rule: str) -> Touched:
    counts, found = screenings.answers_of_rule(by.scope, rule, most=MOST_NAMED)
    names = people.identities(by.scope, [person_id for person_id, _verdict in found])
    named = [TouchedPerson(each, names[each].shown_name, verdict) for each, verdict in found if each in names]
    return Touched(counts, tuple(named))


def _said(texts: TextBook, rule: str, audience: Audience) -> tuple[str, str]:
    return _text(texts, f"{rule}.subject", audience), _text(texts, f"{rule}.reason", audience)


def _text(texts: TextBook, message: str, audience: Audience = Audience.CLINICIAN) -> str:
    return texts.templates.get(("en", message, audience), "")
