"""Rules, questions and the work-up from ``rules/``: conditions as data, checked against all they name."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from kairos.content.load_expressions import Named, read_expression
from kairos.content.loader import ContentSource, E, Lint, Table, each_entry
from kairos.domain.eligibility.uses import BarredUse
from kairos.domain.eligibility.workup import WorkupItem
from kairos.domain.evidence.concepts import ConceptMap
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.evidence.regulation import RegulatoryStatus
from kairos.domain.evidence.texts import TextBook
from kairos.domain.instruments.questionnaire import Instrument
from kairos.domain.instruments.safety_plan import SafetyStep
from kairos.domain.rules.interactions import NO_INTERACTIONS, InteractionGrid
from kairos.domain.rules.medicine_grades import grades_of
from kairos.domain.rules.rule import AnswerForm, Grade, Question, Rule
from kairos.domain.rules.target import Indication, Moment, Reach, Route, Setting, Telehealth
from kairos.vocab.facts import Presence
from kairos.vocab.verdict import Severity

_REACH_KEYS = ("routes", "settings", "indications", "jurisdictions", "statuses", "telehealth")
_OF_A_GRADE = ("pathway", "next")
_RULE_KEYS = (
    "ref",
    "severity",
    "speaks_against",
    "grades",
    "asks",
    "source",
    "in_force",
    "applies",
    *_OF_A_GRADE,
    "interactions",
    "asked_as",
)


@dataclass(frozen=True, slots=True)
class RuleContent:
    """Everything under ``rules/``."""

    rules: Mapping[str, Rule]
    questions: Mapping[str, Question]
    workup: tuple[WorkupItem, ...]
    barred: tuple[BarredUse, ...] = ()


def safety_steps(instruments: Mapping[str, Instrument]) -> Mapping[str, SafetyStep]:
    """Return what questionnaires can start, by the id of the safety rule."""
    of_items = (step for one in instruments.values() for item in one.items for step in item.safety)
    of_tiers = (step for one in instruments.values() for tier in one.tiers for step in tier.safety)
    return {step.rule: step for step in chain(of_items, of_tiers)}


def load_rules(
    source: ContentSource,
    lint: Lint,
    *,
    parameters: ParameterBook,
    concepts: ConceptMap,
    texts: TextBook,
    instruments: Mapping[str, Instrument],
    interactions: InteractionGrid = NO_INTERACTIONS,
) -> RuleContent:
    """Return rules, questions and work-up, every name in them checked.

    The answers to the items of ``instruments`` are facts under the item's id.
    """
    questions: dict[str, Question] = {}
    items = frozenset(item.id for instrument in instruments.values() for item in instrument.items)
    pathways = frozenset(safety_steps(instruments))
    named = Named(parameters, concepts, texts, questions, items, pathways, interactions)
    rules: dict[str, Rule] = {}
    workup: list[WorkupItem] = []
    barred: list[BarredUse] = []

    def keep_question(name: str, entry: Table) -> None:
        questions[name] = _question(name, entry, named)

    def keep_rule(name: str, entry: Table) -> None:
        if name in rules:
            raise entry.fault(f"the rule {name} stands twice")
        rules[name] = _rule(name, entry, lint, named)

    def keep_item(name: str, entry: Table) -> None:
        workup.append(_workup_item(name, entry, lint, named))

    def keep_use(name: str, entry: Table) -> None:
        barred.append(_barred(name, entry, lint, named))

    each_entry(source.under("rules/questions.yaml"), lint, keep_question)
    each_entry(source.under("rules/eligibility/"), lint, keep_rule)
    each_entry(source.under("rules/workup.yaml"), lint, keep_item)
    each_entry(source.under("rules/uses.yaml"), lint, keep_use)
    return RuleContent(rules, questions, tuple(workup), tuple(barred))


def _question(name: str, entry: Table, named: Named) -> Question:
    entry.only("states", "denies", "measures", "unit", "form", "answers")
    named.text(entry, name)
    concept = entry.text("states", "") or entry.text("measures", "") or name
    form = entry.text("form", "measured" if "measures" in entry else "yes_no")
    states = {} if form != "yes_no" else _yes_no(entry, concept)
    return Question(name, AnswerForm(form, entry.text("unit", "")), concept, states)


def _yes_no(entry: Table, concept: str) -> Mapping[str, Mapping[str, Presence]]:
    """Return what yes, no and not sure state: ``denies`` are further concepts that a no denies too."""
    if "answers" in entry:
        given = entry.table("answers")
        return {
            word: {name: given.table(word).one_of(name, Presence) for name in given.table(word)}
            for word in given
        }
    every = (concept, *entry.texts("denies"))
    return {
        "yes": {concept: Presence.PRESENT},
        "no": {name: Presence.ABSENT for name in every},
        "not_sure": {concept: Presence.NOT_SURE},
    }


def _rule(name: str, entry: Table, lint: Lint, named: Named) -> Rule:
    entry.only(*_RULE_KEYS)
    named.text(entry, f"{name}.subject")
    applies = entry.table("applies") if "applies" in entry else Table(entry.file, entry.line)
    applies.only("moments", "definition", *_REACH_KEYS)
    asks = entry.texts("asks")
    for question in asks:
        if question not in named.questions:
            raise entry.fault(f"asks names {question!r}, which is not in rules/questions.yaml", "asks")
    return Rule(
        id=name,
        ref=entry.text("ref"),
        grades=_met_medicines(entry, named) if "interactions" in entry else _grades(entry, named),
        sources=lint.sources(entry),
        questions=asks,
        in_force_from=entry.day("in_force"),
        moments=_words(applies, "moments", Moment) or frozenset({Moment.SCREENING}),
        reach=reach_of(applies),
        definition=applies.text("definition", ""),
    )


def reach_of(applies: Table) -> Reach:
    """Return for which targets an entry holds."""
    return Reach(
        routes=_words(applies, "routes", Route),
        settings=_words(applies, "settings", Setting),
        indications=_words(applies, "indications", Indication),
        jurisdictions=frozenset(applies.texts("jurisdictions")),
        statuses=frozenset(_words(applies, "statuses", RegulatoryStatus)),
        telehealth=_words(applies, "telehealth", Telehealth),
    )


def _words(table: Table, key: str, kind: type[E]) -> frozenset[E]:
    """Return words of a closed list, or refuse one that is not in it."""
    for word in table.texts(key):
        if word not in list(kind):
            raise table.fault(f"{key} names {word!r}; expected one of {', '.join(kind)}", key)
    return frozenset(map(kind, table.texts(key)))


def _met_medicines(entry: Table, named: Named) -> tuple[Grade, ...]:
    """Return the grades of a rule about medicines, as the grid weighs its rows by route and place."""
    for row in entry.texts("interactions"):
        if row not in named.interactions.rows:
            raise entry.fault(f"interactions names {row!r}, which is no row of the grid", "interactions")
    asked_as = named.concept(entry, "asked_as", entry.text("asked_as"))
    return grades_of(named.interactions, entry.texts("interactions"), asked_as=asked_as)


def _grades(entry: Table, named: Named) -> tuple[Grade, ...]:
    tables = entry.tables("grades") or [entry]
    order = list(Severity)
    grades = tuple(_grade(table, entry, named) for table in tables)
    ranks = [order.index(g.severity) for g in grades]
    if ranks != sorted(ranks) and {g.severity for g in grades} != {Severity.DEFER, Severity.RELATIVE}:
        raise entry.fault("grades must go from the most severe down", "grades")
    return grades


def _grade(table: Table, entry: Table, named: Named) -> Grade:
    applies = Table(table.file, table.line)
    if table is not entry:
        table.only("severity", "speaks_against", "applies", *_OF_A_GRADE)
        applies = table.table("applies") if "applies" in table else applies
        applies.only(*_REACH_KEYS)
    return Grade(
        severity=table.one_of("severity", Severity),
        speaks_against=read_expression(table.table("speaks_against"), named),
        reach=reach_of(applies),
        pathway=named.pathway(table) or named.pathway(entry),
        steps=_steps(table, named) or _steps(entry, named),
    )


def _steps(table: Table, named: Named) -> tuple[str, ...]:
    """Return the texts of what comes next, or refuse one that is not there."""
    for name in table.texts("next"):
        named.text(table, name)
    return table.texts("next")


def _barred(name: str, entry: Table, lint: Lint, named: Named) -> BarredUse:
    entry.only("routes", "settings", "source")
    named.text(entry, f"{name}.subject")
    return BarredUse(name, reach_of(entry), lint.sources(entry))


def _workup_item(name: str, entry: Table, lint: Lint, named: Named) -> WorkupItem:
    entry.only("any_of", "max_age", "days", "not_for_male", "needed_if", "source")
    named.text(entry, name)
    return WorkupItem(
        id=name,
        concepts=tuple(entry.texts("any_of")),
        max_age=named.parameter(entry, "max_age"),
        sources=lint.sources(entry),
        days=int(entry.number("days")) if "days" in entry else 1,
        not_for_male=entry.flag("not_for_male"),
        needed_if=read_expression(entry.table("needed_if"), named) if "needed_if" in entry else None,
    )
