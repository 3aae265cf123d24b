"""The red-flag card, from ``red_flags/card.yaml``."""

from kairos.content.loader import ContentFault, ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.texts import Audience, TextBook
from kairos.domain.safety.red_flags import Band, RedFlags


def load_red_flags(source: ContentSource, lint: Lint, *, texts: TextBook) -> tuple[RedFlags, ...]:
    """Return the bands in the order of the card; a band or a patient's wording that is missing is a fault."""
    found: dict[Band, RedFlags] = {}

    def keep(name: str, entry: Table) -> None:
        entry.only("lines", "source", "certainty")
        if name not in list(Band):
            raise entry.fault(f"{name!r} is no band; expected one of {', '.join(Band)}")
        band = RedFlags(
            band=Band(name),
            lines=tuple(f"red_flag.{line}" for line in entry.texts("lines")),
            certainty=entry.one_of("certainty", Certainty),
            sources=lint.sources(entry),
        )
        for text in (band.title, band.to_do, *band.lines):
            if ("en", text, Audience.PATIENT) not in texts.templates:
                raise entry.fault(f"the text {text} has no wording for patients", "lines")
        found[band.band] = band

    files = source.under("red_flags/")
    each_entry(files, lint, keep)
    missing = [band for band in Band if files and band not in found]
    if missing:
        lint.faults.append(ContentFault("red_flags/card.yaml", 1, f"{', '.join(missing)} is missing"))
    return tuple(found[band] for band in Band if band in found)
