"""Findings: what a rule answered, why, from which facts and on whose authority."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kairos.vocab.codes import Code
from kairos.vocab.facts import FactId
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity
from kairos.vocab.verdict import UNKNOWN, Severity, Verdict

FindingValue = Quantity | Code | PartialDate | datetime | str


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer for one person at one moment.

    ``because`` is rendered from ``message`` (the id of a text in content, by language and
    audience) and ``values``; a finished sentence is never what is stored. ``sources`` are citation
    keys and never empty. ``unsettled`` names a graver severity of the same rule that is still unknown:
    what is known speaks, and the rule's questions stay open.
    """

    rule: str
    ref: str
    verdict: Verdict
    severity: Severity
    message: str
    values: Mapping[str, FindingValue]
    facts: tuple[FactId, ...]
    sources: tuple[str, ...]
    unsettled: Severity | None = None

    def __post_init__(self) -> None:
        """Refuse a finding that names no source."""
        if not self.sources:
            raise ValueError(f"finding of rule {self.rule} names no source")

    @property
    def is_open(self) -> bool:
        """Whether it leaves something to ask: it is unknown, or a graver severity of its rule is."""
        return self.verdict is UNKNOWN or self.unsettled is not None


@dataclass(frozen=True, slots=True)
class Override:
    """A named clinician's reason for going on despite one relative finding."""

    rule: str
    by: str
    reason: str
    at: datetime
