"""Citations: whose word a number, a rule or a text rests on, and whether anybody read it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Certainty(StrEnum):
    """How sure we are of what a source says.

    ``VERIFIED``: read in the named source. ``SECONDARY``: read in a source that quotes it.
    ``MEMORY``: known, not read again. ``DEFAULT``: our own proposal, no authoritative source.
    """

    VERIFIED = "verified"
    SECONDARY = "secondary"
    MEMORY = "memory"
    DEFAULT = "default"


class Basis(StrEnum):
    """What kind of authority a value rests on."""

    LABEL = "label"
    TRIAL = "trial"
    GUIDELINE = "guideline"
    CONSENSUS = "consensus"
    DEFAULT = "default"


class CitationKind(StrEnum):
    """What sort of publication a citation is."""

    LABEL = "label"
    ARTICLE = "article"
    GUIDELINE = "guideline"
    REGULATOR = "regulator"
    INSTRUMENT = "instrument"
    TERMINOLOGY = "terminology"
    WEB = "web"
    THESIS = "thesis"
    SOFTWARE = "software"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Citation:
    """One source. ``doi`` or ``page`` lead to it.

    ``what`` says what of it was read (abstract, table), ``read`` how surely, ``on`` when this was noted.
    """

    key: str
    title: str
    kind: CitationKind
    read: Certainty
    on: date
    doi: str = ""
    page: str = ""
    quote: str = ""
    what: str = ""

    @property
    def address(self) -> str:
        """Where it can be read: by its DOI, else its page where that is an address, else empty."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return self.page if "://" in self.page else ""
