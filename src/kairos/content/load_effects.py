"""Concentrations at which studies saw an effect, from ``effects/*.yaml``."""

from collections.abc import Mapping

from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.texts import TextBook
from kairos.domain.pharmacology.effects import EffectRange
from kairos.domain.pharmacology.substances import Substance

_KEYS = ("analyte", "low", "high", "unit", "blood", "text", "source", "certainty")


def load_effects(
    source: ContentSource, lint: Lint, *, substances: Mapping[str, Substance], texts: TextBook
) -> tuple[EffectRange, ...]:
    """Return the ranges in the order of the files."""
    found: list[EffectRange] = []

    def keep(name: str, entry: Table) -> None:
        entry.only(*_KEYS)
        if entry.text("analyte") not in substances:
            raise entry.fault(f"{entry['analyte']!r} is not among substances.yaml", "analyte")
        if entry.text("text") not in texts:
            raise entry.fault(f"text names {entry['text']!r}, which does not exist", "text")
        low, high = entry.number("low"), entry.number("high")
        if entry.text("unit") != "ng/mL" or not 0 < low <= high:
            raise entry.fault("low and high must rise from above 0, in ng/mL", "low")
        found.append(
            EffectRange(
                name=name,
                analyte=entry.text("analyte"),
                low_ng_ml=low,
                high_ng_ml=high,
                blood=entry.text("blood"),
                text=entry.text("text"),
                certainty=entry.one_of("certainty", Certainty),
                sources=lint.sources(entry),
            )
        )

    each_entry(source.under("effects/"), lint, keep)
    return tuple(found)
