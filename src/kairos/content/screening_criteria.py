"""The criteria of a release for one target, bound once for a day and kept for the process."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from kairos.content.in_force import ContentInForce, built_release, shipped_content
from kairos.content.load_rules import safety_steps
from kairos.content.release import ContentRelease, load_release
from kairos.content.standing_of_use import standing_of
from kairos.domain.eligibility.comparison import UseAnswer, compare
from kairos.domain.eligibility.ledger import JudgedTrial
from kairos.domain.eligibility.resistance import trials_judged
from kairos.domain.eligibility.screening import DEFAULT_DEFINITIONS, Criteria, Screening, criteria, screen
from kairos.domain.eligibility.words import WORDS
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.rules.case import Case
from kairos.domain.rules.evaluation import Binding
from kairos.domain.rules.expression import TooFewFailed
from kairos.domain.rules.rule import Rule
from kairos.domain.rules.target import DEFAULT_TARGET, Indication, Moment, Route, Setting, Target
from kairos.vocab.facts import AskedAsOf, Fact
from kairos.vocab.finding import Finding


def criteria_of(
    release: ContentRelease,
    *,
    on: date,
    parameters: ParameterBook | None = None,
    target: Target = DEFAULT_TARGET,
    moment: Moment = Moment.SCREENING,
    definitions: frozenset[str] = DEFAULT_DEFINITIONS,
) -> Criteria:
    """Return the rules of a release as they hold on a day.

    Parameters
    ----------
    on : date                   the day whose content holds: today, or the day of a decision to be replayed
    parameters : ParameterBook  with a programme's own values over them; the release's where left out
    """
    return criteria(
        release.rules,
        parameters or release.parameters,
        on=on,
        classes=_classes(release),
        questions=release.questions,
        workup=release.workup,
        pathways=safety_steps(release.instruments),
        version=release.version,
        target=target,
        moment=moment,
        definitions=definitions,
        standing=standing_of(release.regulation, target, on=on),
        barred=release.barred,
    )


@lru_cache(maxsize=128)
def shipped_criteria(
    on: date,
    target: Target = DEFAULT_TARGET,
    moment: Moment = Moment.SCREENING,
    definitions: frozenset[str] = DEFAULT_DEFINITIONS,
) -> Criteria:
    """Return the criteria of the release that ships with the program, bound once for each day."""
    return criteria_of(load_release(), on=on, target=target, moment=moment, definitions=definitions)


def screen_as_of(
    as_of: AskedAsOf,
    facts: Iterable[Fact],
    *,
    target: Target = DEFAULT_TARGET,
    definitions: frozenset[str] = DEFAULT_DEFINITIONS,
    content: ContentInForce | None = None,
) -> Screening:
    """Return what the content in force answers about one person.

    Parameters
    ----------
    content : ContentInForce    a programme's; the release that ships with the program where left out
    """
    by = content or shipped_content()
    bound = _criteria_with(as_of.on, target, definitions, by.version, by.parameters)
    return screen(facts, as_of=as_of, by=bound)


def compare_as_of(
    as_of: AskedAsOf,
    facts: Iterable[Fact],
    *,
    indication: Indication,
    jurisdiction: str = DEFAULT_TARGET.jurisdiction,
    definitions: frozenset[str] = DEFAULT_DEFINITIONS,
    content: ContentInForce | None = None,
) -> tuple[UseAnswer, ...]:
    """Return what the content in force answers about one person, for every route at every place."""
    by = content or shipped_content()
    targets = [Target(route, setting, indication, jurisdiction) for route in Route for setting in Setting]
    bound = (_criteria_with(as_of.on, t, definitions, by.version, by.parameters) for t in targets)
    return compare(facts, as_of=as_of, by=bound)


@lru_cache(maxsize=128)
def _criteria_with(
    on: date, target: Target, definitions: frozenset[str], version: str, book: ParameterBook
) -> Criteria:
    release = built_release(version)
    return criteria_of(release, on=on, parameters=book, target=target, definitions=definitions)


def definitions_offered(rules: Mapping[str, Rule], indication: Indication) -> tuple[Rule, ...]:
    """Return the rules that define the same thing in different ways, of which one is chosen."""
    return tuple(r for r in rules.values() if r.definition and indication in r.indications)


def definitions_with(rules: Mapping[str, Rule], chosen: str) -> frozenset[str]:
    """Return the usual definitions with one of them replaced by the chosen one; empty chooses the usual."""
    named = {r.definition: r for r in rules.values() if r.definition}
    if chosen not in named:
        return DEFAULT_DEFINITIONS
    return frozenset(d for d in DEFAULT_DEFINITIONS if named[d].ref != named[chosen].ref) | {chosen}


def definitions_of(rules: Mapping[str, Rule], findings: Iterable[Finding]) -> frozenset[str]:
    """Return by which definitions findings were made, for a replay; rules of older releases are left out."""
    found = (rules[f.rule].definition for f in findings if f.rule in rules)
    return frozenset(d for d in found if d) or DEFAULT_DEFINITIONS


def judged_trials(
    as_of: AskedAsOf, facts: Iterable[Fact], *, rule: Rule, content: ContentInForce | None = None
) -> tuple[JudgedTrial, ...]:
    """Return the ledger of treatments with each trial judged by the definition of a rule."""
    by = content or shipped_content()
    condition = rule.grades[0].speaks_against
    if not isinstance(condition, TooFewFailed):
        return ()
    binding = Binding(by.parameters, as_of.on, _classes(by.release), WORDS)
    return trials_judged(binding, condition)(Case(facts, as_of))


def _classes(release: ContentRelease) -> Mapping[str, frozenset[str]]:
    names = {name for ingredient in release.concepts.ingredients.values() for name in ingredient.classes}
    return {name: release.concepts.ingredients_of(name) for name in names}


def binding_of(release: ContentRelease, *, on: date, parameters: ParameterBook | None = None) -> Binding:
    """Return what the conditions of a release are bound to on a day; its own parameters where left out."""
    return Binding(parameters or release.parameters, on, _classes(release), WORDS)
