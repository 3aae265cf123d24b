"""The terms of adverse events by group, from ``events/terms.yaml``."""

from collections.abc import Mapping

from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.texts import TextBook


def load_event_terms(source: ContentSource, lint: Lint, *, texts: TextBook) -> Mapping[str, str]:
    """Return the group of each term, in the file's order. A term twice, or without words, is a fault."""
    found: dict[str, str] = {}

    def keep(group: str, entry: Table) -> None:
        entry.only("terms", "source", "certainty")
        entry.one_of("certainty", Certainty)
        lint.sources(entry)
        for term in entry.texts("terms"):
            if term in found:
                raise entry.fault(f"{term} stands in {found[term]} already", "terms")
            if f"symptom.{term}" not in texts and f"term.{term}" not in texts:
                raise entry.fault(f"neither symptom.{term} nor term.{term} has words", "terms")
            found[term] = group
        if f"term_group.{group}" not in texts:
            raise entry.fault(f"term_group.{group} has no words")

    each_entry(source.under("events/"), lint, keep)
    return found
