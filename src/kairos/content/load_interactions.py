"""The grid of medicines and ketamine from ``interactions/``: rows, columns of routes, and what holds else."""

from collections.abc import Mapping

from kairos.content.loader import ContentFault, ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.citations import Basis, Certainty
from kairos.domain.evidence.concepts import ConceptMap
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.evidence.texts import TextBook
from kairos.domain.rules.interactions import (
    Column,
    Fallback,
    Flag,
    Interaction,
    InteractionGrid,
    InteractionLevel,
    MeasuredEffect,
    PlanAction,
    Proposal,
    Unplanned,
    drugs_of,
)

_ROW = ("drugs", "classes", "leaves_out", "leaves_out_classes", "level", "home", "adds", "effects", "plan")
_PLAN = ("action", "from", "from_most", "before", "holds", "never_held_with", "wants_reason")
_EVERY = "any"
_DAY_ONLY = "dosing_day_only"
FALLBACKS = ("unlisted", "not_understood", *InteractionLevel)


def load_interactions(
    source: ContentSource, lint: Lint, *, concepts: ConceptMap, parameters: ParameterBook, texts: TextBook
) -> InteractionGrid:
    """Return the grid. A drug, class, parameter or text that does not exist is a fault."""
    rows: dict[str, Interaction] = {}
    columns: dict[str, Column] = {}
    fallbacks: dict[str, Fallback] = {}

    def keep_row(name: str, entry: Table) -> None:
        rows[name] = _row(name, entry, lint, concepts, parameters)
        _check_texts(rows[name], entry, texts)

    def keep_column(name: str, entry: Table) -> None:
        if name not in list(Column):
            raise entry.fault(f"{name!r} is no column; expected one of {', '.join(Column)}")
        columns.update(dict.fromkeys(entry.texts("routes"), Column(name)))

    def keep_fallback(name: str, entry: Table) -> None:
        fallbacks[name] = _fallback(name, entry, lint)

    each_entry(source.under("interactions/routes.yaml"), lint, keep_column)
    each_entry(source.under("interactions/grid.yaml"), lint, keep_row)
    each_entry(source.under("interactions/others.yaml"), lint, keep_fallback)
    missing = [name for name in FALLBACKS if rows and name not in fallbacks]
    if missing:
        fault = f"{', '.join(missing)} is missing; say what a person is told there"
        lint.faults.append(ContentFault("interactions/others.yaml", 1, fault))
    return InteractionGrid(rows, columns, fallbacks)


def _row(name: str, entry: Table, lint: Lint, concepts: ConceptMap, book: ParameterBook) -> Interaction:
    entry.only(*_ROW, "source", "basis", "certainty")
    levels = _levels(entry)
    return Interaction(
        id=name,
        drugs=_drugs(entry, concepts),
        levels=levels,
        sources=lint.sources(entry),
        basis=entry.one_of("basis", Basis),
        certainty=entry.one_of("certainty", Certainty),
        proposals=_proposals(entry, levels, concepts, book),
        flags=_flags(entry, levels),
        effects=tuple(_effect(table, lint, concepts) for table in entry.tables("effects")),
        at_home=entry.one_of("home", InteractionLevel) if "home" in entry else None,
    )


def _levels(entry: Table) -> dict[Column, InteractionLevel]:
    given = entry.table("level")
    given.only(*Column)
    return {Column(name): given.one_of(name, InteractionLevel) for name in given}


def _drugs(entry: Table, concepts: ConceptMap) -> frozenset[str]:
    for key in ("drugs", "leaves_out"):
        for name in entry.texts(key):
            if name not in concepts.ingredients:
                raise entry.fault(f"{key} names the drug {name!r}, which is not in concepts/drugs/", key)
    for key in ("classes", "leaves_out_classes"):
        for name in entry.texts(key):
            if not concepts.ingredients_of(name):
                raise entry.fault(f"{key} names the drug class {name!r}, which has no drug", key)
    without = drugs_of(concepts, drugs=entry.texts("leaves_out"), classes=entry.texts("leaves_out_classes"))
    found = drugs_of(concepts, drugs=entry.texts("drugs"), classes=entry.texts("classes"), without=without)
    if not found:
        raise entry.fault("names no drug; give drugs or classes")
    return found


def _by_column(table: Table, levels: Mapping[Column, object]) -> list[tuple[Column, str]]:
    """Return each column that weighs, with the key that speaks of it: its own, or ``any``."""
    table.only(*Column, _EVERY)
    return [(column, key) for column in levels for key in (column, _EVERY) if key in table]


def _flags(entry: Table, levels: Mapping[Column, object]) -> dict[Column, tuple[Flag, ...]]:
    if "adds" not in entry:
        return {}
    given = entry.table("adds")
    for key in given:
        for word in given.texts(key):
            if word not in list(Flag):
                raise given.fault(f"{word!r} is no flag; expected one of {', '.join(Flag)}", key)
    return {column: tuple(map(Flag, given.texts(key))) for column, key in _by_column(given, levels)}


def _effect(table: Table, lint: Lint, concepts: ConceptMap) -> MeasuredEffect:
    table.only("drug", "route", "auc", "peak", "source", "certainty")
    drug = table.text("drug")
    if drug not in concepts.ingredients:
        raise table.fault(f"the drug {drug!r} is not in concepts/drugs/", "drug")
    return MeasuredEffect(
        drug=drug,
        column=table.one_of("route", Column),
        auc=table.number("auc"),
        peak=table.number("peak") if "peak" in table else None,
        sources=lint.sources(table),
        certainty=table.one_of("certainty", Certainty),
    )


def _proposals(
    entry: Table, levels: Mapping[Column, object], concepts: ConceptMap, book: ParameterBook
) -> dict[Column, Proposal]:
    given = entry.table("plan")
    found = {column: _proposal(given.table(key), concepts, book) for column, key in _by_column(given, levels)}
    left = [column for column in levels if column not in found]
    if left:
        raise entry.fault(f"plan says nothing of {', '.join(left)}", "plan")
    return found


def _proposal(table: Table, concepts: ConceptMap, book: ParameterBook) -> Proposal:
    table.only(*_PLAN)
    for name in table.texts("never_held_with"):
        if name not in concepts.concepts:
            raise table.fault(f"never_held_with names {name!r}, which is no concept", "never_held_with")
    if table.text("holds", _DAY_ONLY) != _DAY_ONLY:
        raise table.fault(f"holds can only be {_DAY_ONLY}", "holds")
    return Proposal(
        action=table.one_of("action", PlanAction),
        hold_from=_parameter(table, "from", book),
        hold_from_most=_parameter(table, "from_most", book),
        before=_parameter(table, "before", book),
        is_held_for_the_day_only="holds" in table,
        never_held_with=table.texts("never_held_with"),
        wants_reason=table.flag("wants_reason"),
    )


def _parameter(table: Table, key: str, book: ParameterBook) -> str:
    name = table.text(key, "")
    if name and name not in book:
        raise table.fault(f"{key} names {name!r}, which is not in parameters/", key)
    return name


def _fallback(name: str, entry: Table, lint: Lint) -> Fallback:
    entry.only("action", "unplanned", "source")
    if name not in FALLBACKS:
        raise entry.fault(f"{name!r} is no case; expected one of {', '.join(FALLBACKS)}")
    action = entry.one_of("action", PlanAction) if "action" in entry else None
    return Fallback(entry.one_of("unplanned", Unplanned), lint.sources(entry), action)


def _check_texts(row: Interaction, entry: Table, texts: TextBook) -> None:
    for text in (f"interaction.{row.id}.name", f"interaction.{row.id}.mechanism"):
        if text not in texts:
            raise entry.fault(f"the text {text} is missing")
    advice = f"interaction.{row.id}.advice"
    for column in row.levels:
        if advice not in texts and f"{advice}.{column}" not in texts:
            raise entry.fault(f"the text {advice}.{column} is missing")
