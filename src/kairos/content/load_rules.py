"""Rules, questions and the work-up from ``rules/``: conditions as data, checked against all they name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain

from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.eligibility.functions import FUNCTIONS
from kairos.domain.eligibility.workup import WorkupItem
from kairos.domain.evidence.concepts import ConceptMap
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.evidence.texts import TextBook
from kairos.domain.instruments.questionnaire import Instrument
from kairos.domain.instruments.safety_plan import SafetyStep
from kairos.domain.rules.expression import (
    AllOf,
    AnyOf,
    Call,
    Compare,
    CountOf,
    Expression,
    Has,
    Not,
    Operator,
    Unless,
)
from kairos.domain.rules.presence import Tense
from kairos.domain.rules.rule import AnswerForm, Grade, Indication, Moment, Question, Route, Rule
from kairos.vocab.facts import FactKind, Presence
from kairos.vocab.verdict import Severity

_RULE_KEYS = (
    "ref",
    "severity",
    "speaks_against",
    "grades",
    "asks",
    "source",
    "in_force",
    "applies",
    "pathway",
)
_LEAVES = {
    "ever": Tense.EVER,
    "current": Tense.CURRENT,
    "taking": Tense.CURRENT,
    "exists_within": Tense.WITHIN,
    "exists_before": Tense.EARLIER,
}
_PARAMETER_PLACES = frozenset(
    {"text", "definition", "evidence", "operator", "alone", "classes", "doses", "episode", "tests"}
)


@dataclass(frozen=True, slots=True)
class RuleContent:
    """Everything under ``rules/``."""

    rules: Mapping[str, Rule]
    questions: Mapping[str, Question]
    workup: tuple[WorkupItem, ...]


def safety_steps(instruments: Mapping[str, Instrument]) -> Mapping[str, SafetyStep]:
    """Return what questionnaires can start, by the id of the safety rule."""
    of_items = (step for one in instruments.values() for item in one.items for step in item.safety)
    of_tiers = (step for one in instruments.values() for tier in one.tiers for step in tier.safety)
    return {step.rule: step for step in chain(of_items, of_tiers)}


@dataclass(frozen=True, slots=True)
class Named:
    """What rules may name: parameters, concepts, drug classes, texts, questions."""

    parameters: ParameterBook
    concepts: ConceptMap
    texts: TextBook
    questions: Mapping[str, Question]
    items: frozenset[str]
    pathways: frozenset[str]

    def pathway(self, entry: Table) -> str:
        """Return the safety rule that an entry starts, or refuse one that no questionnaire has."""
        name = entry.text("pathway", "")
        if name and name not in self.pathways:
            raise entry.fault(f"pathway names {name!r}, which no questionnaire starts", "pathway")
        return name

    def parameter(self, table: Table, key: str) -> str:
        """Return a parameter's id, or refuse one that does not exist."""
        name = table.text(key)
        if name not in self.parameters:
            raise table.fault(f"{key} names the parameter {name!r}, which does not exist", key)
        return name

    def concept(self, table: Table, key: str, name: str) -> str:
        """Return a concept's id, or refuse one that no code, drug, measurement or question states."""
        stated = {c for q in self.questions.values() for of in q.states.values() for c in of}
        stated |= {q.concept for q in self.questions.values()}
        mapped = self.concepts
        known = (mapped.concepts, mapped.measurements, mapped.ingredients, stated, self.items)
        if not any(name in names for names in known):
            raise table.fault(f"{key} names the concept {name!r}, which nothing states", key)
        return name

    def drug_class(self, table: Table, key: str, name: str) -> str:
        """Return a drug class, or refuse one without any drug."""
        if not self.concepts.ingredients_of(name):
            raise table.fault(f"{key} names the drug class {name!r}, which has no drug", key)
        return name

    def text(self, table: Table, name: str) -> None:
        """Refuse a text that is not there."""
        if name not in self.texts:
            raise table.fault(f"the text {name} is missing")


def load_rules(
    source: ContentSource,
    lint: Lint,
    *,
    parameters: ParameterBook,
    concepts: ConceptMap,
    texts: TextBook,
    instruments: Mapping[str, Instrument],
) -> RuleContent:
    """Return rules, questions and work-up, every name in them checked.

    The answers to the items of ``instruments`` are facts under the item's id.
    """
    questions: dict[str, Question] = {}
    items = frozenset(item.id for instrument in instruments.values() for item in instrument.items)
    named = Named(parameters, concepts, texts, questions, items, frozenset(safety_steps(instruments)))
    rules: dict[str, Rule] = {}
    workup: list[WorkupItem] = []

    def keep_question(name: str, entry: Table) -> None:
        questions[name] = _question(name, entry, named)

    def keep_rule(name: str, entry: Table) -> None:
        if name in rules:
            raise entry.fault(f"the rule {name} stands twice")
        rules[name] = _rule(name, entry, lint, named)

    def keep_item(name: str, entry: Table) -> None:
        workup.append(_workup_item(name, entry, lint, named))

    each_entry(source.under("rules/questions.yaml"), lint, keep_question)
    each_entry(source.under("rules/eligibility/"), lint, keep_rule)
    each_entry(source.under("rules/workup.yaml"), lint, keep_item)
    return RuleContent(rules, questions, tuple(workup))


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
    applies.only("moments", "indications", "routes", "definition")
    asks = entry.texts("asks")
    for question in asks:
        if question not in named.questions:
            raise entry.fault(f"asks names {question!r}, which is not in rules/questions.yaml", "asks")
    return Rule(
        id=name,
        ref=entry.text("ref"),
        grades=_grades(entry, named),
        sources=lint.sources(entry),
        questions=asks,
        in_force_from=entry.day("in_force"),
        moments=frozenset(map(Moment, applies.texts("moments"))) or frozenset({Moment.SCREENING}),
        indications=frozenset(map(Indication, applies.texts("indications"))),
        routes=frozenset(map(Route, applies.texts("routes"))),
        definition=applies.text("definition", ""),
        pathway=named.pathway(entry),
    )


def _grades(entry: Table, named: Named) -> tuple[Grade, ...]:
    tables = entry.tables("grades") or [entry]
    order = list(Severity)
    grades = tuple(
        Grade(t.one_of("severity", Severity), _expression(t.table("speaks_against"), named)) for t in tables
    )
    ranks = [order.index(g.severity) for g in grades]
    if ranks != sorted(ranks) and {g.severity for g in grades} != {Severity.DEFER, Severity.RELATIVE}:
        raise entry.fault("grades must go from the most severe down", "grades")
    return grades


def _expression(table: Table, named: Named) -> Expression:
    heads = [key for key in table if key in _BUILDERS]
    if len(heads) != 1:
        raise table.fault(f"an expression has exactly one of {', '.join(_BUILDERS)}; found {heads or 'none'}")
    return _BUILDERS[heads[0]](table, heads[0], named)


def _parts(table: Table, key: str, named: Named) -> tuple[Expression, ...]:
    table.only(key)
    return tuple(_expression(part, named) for part in table.tables(key))


def _negated(table: Table, key: str, named: Named) -> Not:
    table.only(key)
    return Not(_expression(table.table(key), named))


def _softened(table: Table, key: str, named: Named) -> Unless:
    table.only(key)
    return Unless(_expression(table.table(key), named))


def _has(table: Table, key: str, named: Named) -> Has:
    table.only(key, "classes", "asked_as", "kind", "time", "fresh")
    concepts = [named.concept(table, key, name) for name in table.texts(key)]
    asked_as = table.text("asked_as", concepts[0] if len(concepts) == 1 else None)
    kind = FactKind.MEDICATION if key == "taking" else FactKind.CONDITION
    return Has(
        tense=_LEAVES[key],
        concepts=frozenset(concepts),
        classes=frozenset(named.drug_class(table, "classes", n) for n in table.texts("classes")),
        asked_as=named.concept(table, "asked_as", asked_as),
        kind=table.one_of("kind", FactKind, kind),
        window=named.parameter(table, "time") if "time" in table else _no_window(table, key),
        fresh=named.parameter(table, "fresh") if "fresh" in table else "",
    )


def _no_window(table: Table, key: str) -> str:
    if key in {"exists_within", "exists_before"}:
        raise table.fault(f"{key} needs time, the id of a parameter")
    return ""


def _compare(table: Table, key: str, named: Named) -> Compare:
    table.only(key, *Operator, "max_age", "times")
    given = [operator for operator in Operator if operator in table]
    if len(given) != 1:
        raise table.fault(f"most_recent needs exactly one of {', '.join(Operator)}")
    return Compare(
        concept=named.concept(table, key, table.text(key)),
        operator=given[0],
        limit=named.parameter(table, given[0]),
        max_age=named.parameter(table, "max_age"),
        factor=named.parameter(table, "times") if "times" in table else "",
    )


def _count(table: Table, key: str, named: Named) -> CountOf:
    table.only(key, "at_least", "time")
    concept = named.concept(table, key, table.text(key))
    return CountOf(concept, named.parameter(table, "at_least"), named.parameter(table, "time"))


def _call(table: Table, key: str, named: Named) -> Call:
    function = table.text(key)
    if function not in FUNCTIONS:
        raise table.fault(f"call names {function!r}, which is no function of the rules", key)
    arguments = {name: table.text(name) for name in table if name != key}
    for name in arguments:
        if name not in _PARAMETER_PLACES:
            named.parameter(table, name)
    for name in arguments.get("classes", "").split():
        named.drug_class(table, "classes", name)
    for place in ("tests", "evidence"):
        for name in arguments.get(place, "").replace("|", " ").split():
            named.concept(table, place, name)
    return Call(function, arguments)


_BUILDERS: Mapping[str, Callable[[Table, str, Named], Expression]] = {
    "any": lambda table, key, named: AnyOf(_parts(table, key, named)),
    "all": lambda table, key, named: AllOf(_parts(table, key, named)),
    "not": _negated,
    "unless": _softened,
    **dict.fromkeys(_LEAVES, _has),
    "most_recent": _compare,
    "count_of": _count,
    "call": _call,
}


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
        needed_if=_expression(entry.table("needed_if"), named) if "needed_if" in entry else None,
    )
