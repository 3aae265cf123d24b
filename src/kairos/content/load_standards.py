"""What a clinic holds before it doses: the rescue box and the list of readiness (``standards/``)."""

from dataclasses import dataclass

from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.citations import Basis, Certainty
from kairos.domain.evidence.texts import TextBook
from kairos.domain.protocols.clinic_day import RescueLine
from kairos.domain.protocols.readiness import ReadinessItem


@dataclass(frozen=True, slots=True)
class Standards:
    """The lines of the rescue box and the items of readiness, in the order of the files."""

    rescue: tuple[RescueLine, ...] = ()
    readiness: tuple[ReadinessItem, ...] = ()


def load_standards(source: ContentSource, lint: Lint, *, texts: TextBook) -> Standards:
    """Return both lists; each line and item needs its words."""
    rescue: list[RescueLine] = []
    items: list[ReadinessItem] = []

    def keep_line(name: str, entry: Table) -> None:
        _check(entry, lint, texts, f"rescue.{name}", "any_of")
        medicines = entry.texts("any_of")
        if not medicines:
            raise entry.fault("any_of is empty; name at least one medicine", "any_of")
        rescue.append(RescueLine(name, medicines, entry.texts("source")))

    def keep_item(name: str, entry: Table) -> None:
        _check(entry, lint, texts, f"readiness.{name}", "ref")
        items.append(ReadinessItem(name, entry.text("ref"), entry.texts("source")))

    each_entry(source.under("standards/rescue.yaml"), lint, keep_line)
    each_entry(source.under("standards/readiness.yaml"), lint, keep_item)
    return Standards(tuple(rescue), tuple(items))


def _check(entry: Table, lint: Lint, texts: TextBook, text: str, key: str) -> None:
    entry.only(key, "source", "basis", "certainty")
    lint.sources(entry)
    entry.one_of("certainty", Certainty)
    entry.one_of("basis", Basis)
    if text not in texts:
        raise entry.fault(f"{text} has no words; add them to text/en/standards.yaml")
