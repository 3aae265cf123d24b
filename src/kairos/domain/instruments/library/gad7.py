"""GAD-7: seven questions on anxiety.

Source: cite:gad7-fhir, cite:gad7 (items, bands), cite:loinc (codes).
"""

from kairos.domain.instruments.questionnaire import Answers, Instrument
from kairos.domain.instruments.scoring import Score, sum_score

ID = "gad7"


def score(answers: Answers, *, instrument: Instrument) -> Score:
    """Score GAD-7 answers; ``total`` is None where an item is missing.

    Raises
    ------
    InvalidInput    an unknown item, or a value outside its range

    Source
    ------
    cite:gad7-fhir, cite:gad7
    """
    return sum_score(instrument, answers)
