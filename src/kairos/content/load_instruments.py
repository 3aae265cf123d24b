"""Instruments from ``instruments/<id>.yaml``: one questionnaire a file."""

from collections.abc import Mapping

from kairos.content.load_scoring import (
    load_bands,
    load_criteria,
    load_cut_offs,
    load_span,
    load_totalling,
    named_items,
    whole,
)
from kairos.content.loader import ContentSource, Lint, Table
from kairos.domain.evidence.citations import Certainty
from kairos.domain.instruments.questionnaire import AnswerOption, Instrument, Item, Tier
from kairos.domain.instruments.safety_plan import DueRule, SafetyLevel, SafetyStep, SafetyTask
from kairos.domain.instruments.totalling import Wording
from kairos.vocab.codes import LOINC, Code
from kairos.vocab.people import Role
from kairos.vocab.verdict import Severity

_KEYS = (
    *("id", "version", "language", "title", "short_title", "stem", "licence", "copyright_notice"),
    *("certainty", "source", "panel", "total", "options", "items", "bands", "tiers"),
    *("wording", "scoring", "cut_offs", "criteria", "subset_of", "higher_is_better", "known_as"),
)
_ITEM_KEYS = (
    *("id", "code", "text", "hint", "scored", "options", "shown_if", "safety", "silence_counts"),
    *("lifetime", "reverse", "span"),
)


def load_instruments(source: ContentSource, lint: Lint) -> Mapping[str, Instrument]:
    """Return every questionnaire by id."""
    found: dict[str, Instrument] = {}
    for file in source.under("instruments/"):
        with lint.collecting():
            instrument = _instrument(file.table(), lint)
            found[instrument.id] = instrument
    return found


def _instrument(table: Table, lint: Lint) -> Instrument:
    table.only(*_KEYS)
    items = tuple(_item(entry, table, lint) for entry in table.tables("items"))
    _check_links(table, items)
    return Instrument(
        id=table.text("id"),
        version=table.text("version"),
        language=table.text("language"),
        title=table.text("title"),
        short_title=table.text("short_title"),
        stem=table.text("stem"),
        items=items,
        licence=table.text("licence"),
        sources=lint.sources(table),
        panel=_code(table, "panel"),
        total=_code(table, "total"),
        bands=load_bands(table, lint),
        tiers=tuple(_tier(entry, lint) for entry in table.tables("tiers")),
        copyright_notice=table.text("copyright_notice", ""),
        certainty=table.one_of("certainty", Certainty),
        wording=table.one_of("wording", Wording, Wording.PUBLISHED),
        totalling=load_totalling(table, lint),
        cut_offs=load_cut_offs(table, lint),
        criteria=load_criteria(table, lint),
        subset_of=table.text("subset_of", ""),
        higher_is_better=table.flag("higher_is_better"),
        known_as=table.texts("known_as"),
    )


def _item(entry: Table, instrument: Table, lint: Lint) -> Item:
    entry.only(*_ITEM_KEYS)
    options = [] if "span" in entry else entry.tables("options") or instrument.tables("options")
    return Item(
        id=entry.text("id"),
        text=entry.text("text"),
        options=tuple(_option(option) for option in options),
        code=_code(entry, "code"),
        scored=entry.flag("scored", True),
        hint=entry.text("hint", ""),
        shown_if=_conditions(entry),
        safety=tuple(_step(step, lint) for step in entry.tables("safety")),
        silence_counts=whole(entry, "silence_counts") if "silence_counts" in entry else None,
        is_lifetime=entry.flag("lifetime"),
        reverse=entry.flag("reverse"),
        span=load_span(entry, "span"),
    )


def _conditions(entry: Table) -> Mapping[str, int] | None:
    if "shown_if" not in entry:
        return None
    conditions = entry.table("shown_if")
    return {name: whole(conditions, name) for name in conditions}


def _option(entry: Table) -> AnswerOption:
    entry.only("value", "text", "code")
    return AnswerOption(whole(entry, "value"), entry.text("text"), _code(entry, "code"))


def _tier(entry: Table, lint: Lint) -> Tier:
    entry.only("id", "name", "any_yes", "safety")
    steps = tuple(_step(step, lint) for step in entry.tables("safety"))
    return Tier(entry.text("id"), entry.text("name"), entry.texts("any_yes"), steps)


def _step(entry: Table, lint: Lint) -> SafetyStep:
    entry.only("at_least", "rule", "ref", "message", "severity", "crisis_card", "source", "tasks")
    return SafetyStep(
        rule=entry.text("rule"),
        ref=entry.text("ref"),
        message=entry.text("message"),
        severity=entry.one_of("severity", Severity),
        tasks=tuple(_task(task) for task in entry.tables("tasks")),
        crisis_card=entry.text("crisis_card"),
        sources=lint.sources(entry),
        at_least=whole(entry, "at_least") if "at_least" in entry else 0,
    )


def _task(entry: Table) -> SafetyTask:
    entry.only("kind", "level", "owner", "due")
    return SafetyTask(
        kind=entry.text("kind"),
        level=entry.one_of("level", SafetyLevel),
        owner=entry.one_of("owner", Role),
        due=entry.one_of("due", DueRule),
    )


def _code(entry: Table, key: str) -> Code | None:
    return Code(LOINC, entry.text(key)) if key in entry else None


def _check_links(table: Table, items: tuple[Item, ...]) -> None:
    """Refuse an item that stands twice, and a condition or a tier that names no item."""
    ids = [item.id for item in items]
    if len(set(ids)) != len(ids):
        raise table.fault("an item stands twice; every item needs its own id", "items")
    named = {name for item in items for name in item.shown_if or {}}
    named.update(name for tier in table.tables("tiers") for name in tier.texts("any_yes"))
    named.update(named_items(table))
    strangers = sorted(named - set(ids))
    if strangers:
        raise table.fault(f"{', '.join(strangers)} is named and is not an item here", "items")
