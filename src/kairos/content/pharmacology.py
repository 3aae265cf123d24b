"""What the content says about pharmacokinetics alone, read without the rest of a release."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kairos.content.load_absorption import load_absorption, load_substances
from kairos.content.load_citations import load_citations
from kairos.content.load_models import load_models
from kairos.content.loader import Lint, read_source
from kairos.domain.pharmacology.absorption import AbsorptionTable
from kairos.domain.pharmacology.pk_model import PKModel
from kairos.domain.pharmacology.substances import Substance


@dataclass(frozen=True, slots=True)
class PharmacologyContent:
    """Models, absorption by route and substances, each by name."""

    models: Mapping[str, PKModel]
    absorption: Mapping[str, AbsorptionTable]
    substances: Mapping[str, Substance]


@cache
def load_pharmacology() -> PharmacologyContent:
    """Return what ships with the program, read once in a process.

    Raises
    ------
    ContentError    all faults of these files, each with file and line
    """
    source, lint = read_source(), Lint()
    citations = load_citations(source, lint)
    lint.citations = frozenset(citations)
    substances = load_substances(source, lint)
    absorption = load_absorption(source, lint)
    models = load_models(source, lint, citations=citations, substances=substances, absorption=absorption)
    lint.finish()
    return PharmacologyContent(models, absorption, substances)
