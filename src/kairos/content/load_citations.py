"""Citations from ``citations.yaml``: title, kind, doi or page, what of it was read, how surely, when."""

from collections.abc import Mapping

from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.citations import Certainty, Citation, CitationKind


def load_citations(source: ContentSource, lint: Lint) -> Mapping[str, Citation]:
    """Return the citations by key."""
    found: dict[str, Citation] = {}

    def build(key: str, entry: Table) -> None:
        found[key] = _citation(key, entry)

    each_entry(source.under("citations.yaml"), lint, build)
    return found


def _citation(key: str, entry: Table) -> Citation:
    entry.only("title", "kind", "doi", "page", "read", "what", "on", "quote")
    citation = Citation(
        key=key,
        title=entry.text("title"),
        kind=entry.one_of("kind", CitationKind),
        read=entry.one_of("read", Certainty),
        on=entry.day("on"),
        doi=entry.text("doi", ""),
        page=entry.text("page", ""),
        quote=entry.text("quote", ""),
        what=entry.text("what", ""),
    )
    if not citation.doi and not citation.page and citation.kind is not CitationKind.DEFAULT:
        raise entry.fault(f"{key} leads nowhere; give its doi or page")
    return citation
