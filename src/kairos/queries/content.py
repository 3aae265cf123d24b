"""The clinical content in force, to read: rules, numbers, sources, each with where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kairos.content.release import ContentRelease, load_release
from kairos.domain.evidence.citations import Citation
from kairos.domain.evidence.parameters import ParameterValue
from kairos.domain.rules.rule import Rule
from kairos.queries.reading import reading
from kairos.vocab.errors import NotInForce
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule: what it asks about, how heavily it weighs, why, and who says so."""

    id: str
    ref: str
    severities: tuple[str, ...]
    subject: str
    reason: str
    questions: tuple[str, ...]
    in_force_from: date
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class NumberEntry:
    """One number in force on the day of asking, and the days from which others hold."""

    value: ParameterValue
    sources: tuple[Citation, ...]
    other_days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What matches the words looked for; the totals are those of the whole release."""

    version: str
    totals: dict[str, int]
    rules: tuple[RuleEntry, ...]
    numbers: tuple[NumberEntry, ...]
    sources: tuple[Citation, ...]


@reading(Permission.SEE_CONTENT)
def content(*, by: Actor, now: datetime, words: str = "") -> Content:
    """Return the entries of the release that hold all the words; all entries where none are given."""
    release = load_release()
    wanted = words.casefold().split()
    rules = [_rule(release, rule) for rule in release.rules.values()]
    numbers = [entry for name in release.parameters for entry in _numbers(release, name, on=now.date())]
    sources = list(release.citations.values())
    return Content(
        version=release.version,
        totals={"rules": len(rules), "numbers": len(numbers), "sources": len(sources)},
        rules=tuple(r for r in rules if _holds(wanted, (r.id, r.ref, r.subject, r.reason), r.sources)),
        numbers=tuple(n for n in numbers if _holds(wanted, (n.value.id, n.value.description), n.sources)),
        sources=tuple(c for c in sources if _holds(wanted, (), (c,))),
    )


def _rule(release: ContentRelease, rule: Rule) -> RuleEntry:
    return RuleEntry(
        id=rule.id,
        ref=rule.ref,
        severities=tuple(grade.severity.value for grade in rule.grades),
        subject=_text(release, f"{rule.id}.subject"),
        reason=_text(release, f"{rule.id}.reason"),
        questions=tuple(_text(release, question) for question in rule.questions),
        in_force_from=rule.in_force_from,
        sources=_citations(release, rule.sources),
    )


def _numbers(release: ContentRelease, name: str, *, on: date) -> list[NumberEntry]:
    """Return the number in force, or nothing where none is yet."""
    try:
        value = release.parameters.entry(name, on=on)
    except NotInForce:
        return []
    others = tuple(v.from_day for v in release.parameters.dated(name) if v.from_day != value.from_day)
    return [NumberEntry(value, _citations(release, value.sources), others)]


def _text(release: ContentRelease, message: str) -> str:
    return release.texts.template(message) if message in release.texts else ""


def _citations(release: ContentRelease, keys: Iterable[str]) -> tuple[Citation, ...]:
    return tuple(release.citations[key.removeprefix("cite:")] for key in keys)


def _holds(wanted: list[str], said: Iterable[str], sources: Iterable[Citation]) -> bool:
    whole = " ".join([*said, *(f"{c.key} {c.title} {c.quote} {c.doi}" for c in sources)]).casefold()
    return all(word in whole for word in wanted)
