"""Which models draw the expected window of a substance, as content states it. Nothing here computes."""

from dataclasses import dataclass

from kairos.domain.evidence.citations import Certainty
from kairos.domain.pharmacology.pk_model import PKModel


@dataclass(frozen=True, slots=True)
class ExpectedBy:
    """Which models draw the expected window of a substance, and the sentence that says so."""

    substance: str
    models: tuple[PKModel, ...]
    text: str
    certainty: Certainty
    sources: tuple[str, ...]
