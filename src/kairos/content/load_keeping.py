"""What the law makes a clinic keep, from ``keeping/<country>.yaml``."""

from collections.abc import Mapping

from kairos.content.loader import ContentSource, Lint, Table
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.keeping import KeepingLine
from kairos.domain.evidence.texts import Audience, TextBook
from kairos.vocab.quantities import Quantity


def load_keeping(
    source: ContentSource, lint: Lint, *, texts: TextBook
) -> Mapping[str, tuple[KeepingLine, ...]]:
    """Return by country what a clinic there must keep, in reading order."""
    found: dict[str, tuple[KeepingLine, ...]] = {}
    for file in source.under("keeping/"):
        with lint.collecting():
            table = file.table()
            table.only("country", "lines")
            found[table.text("country")] = tuple(_line(one, lint, texts) for one in table.tables("lines"))
    return found


def _line(entry: Table, lint: Lint, texts: TextBook) -> KeepingLine:
    entry.only("id", "text", "value", "unit", "certainty", "source")
    message = entry.text("text")
    if ("en", message, Audience.PATIENT) not in texts.templates:
        raise entry.fault(f"there is no English text for patients: {message}", "text")
    return KeepingLine(
        id=entry.text("id"),
        text=message,
        time=Quantity(entry.number("value"), entry.text("unit")) if "value" in entry else None,
        certainty=entry.one_of("certainty", Certainty),
        sources=lint.sources(entry),
    )
