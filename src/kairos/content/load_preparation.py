"""What is made ready before a session, from ``preparation/items.yaml``."""

from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.texts import Audience, TextBook
from kairos.domain.integration.checklist import Group, PreparationItem
from kairos.domain.rules.target import Setting


def load_preparation(source: ContentSource, lint: Lint, *, texts: TextBook) -> tuple[PreparationItem, ...]:
    """Return the items in their order, each worded for patient and team."""
    found: list[PreparationItem] = []

    def keep(name: str, entry: Table) -> None:
        entry.only("group", "at", "gate", "dated", "words", "source")
        message = f"preparation.item.{name}"
        for audience in (Audience.PATIENT, Audience.CLINICIAN):
            if ("en", message, audience) not in texts.templates:
                raise entry.fault(f"there is no text {message} for {audience}", "group")
        found.append(
            PreparationItem(
                id=name,
                group=entry.one_of("group", Group),
                settings=_settings(entry),
                is_gate=entry.flag("gate"),
                is_dated=entry.flag("dated"),
                has_words=entry.flag("words", default=False),
                sources=lint.sources(entry),
            )
        )

    each_entry(source.under("preparation/items"), lint, keep)
    return tuple(found)


def _settings(entry: Table) -> frozenset[Setting]:
    named = entry.texts("at")
    strange = [name for name in named if name not in list(Setting)]
    if strange or not named:
        raise entry.fault(f"at names where it counts: {', '.join(Setting)}", "at")
    return frozenset(Setting(name) for name in named)
