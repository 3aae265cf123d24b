"""PHQ-9: nine questions on depression, a tenth on difficulty that is asked and never scored.

Source: cite:phq9-fhir, cite:phq9 (items, bands), cite:loinc (codes).
"""

from dataclasses import dataclass

from kairos.domain.instruments.questionnaire import Answers, Instrument
from kairos.domain.instruments.scoring import Score, sum_score

ID = "phq9"
SELF_HARM_ITEM = "phq9.9"
DIFFICULTY_ITEM = "phq9.10"


@dataclass(frozen=True, slots=True)
class PHQ9Score(Score):
    """A PHQ-9 score. ``item9_positive`` is None where the question on self-harm was not answered."""

    item9_positive: bool | None = None
    difficulty: int | None = None


def score(answers: Answers, *, instrument: Instrument) -> PHQ9Score:
    """Score PHQ-9 answers.

    Parameters
    ----------
    answers : Mapping[str, int]    item id (``phq9.1`` ...) to answer; unanswered items are left out
    instrument : Instrument        the version that was asked, from content

    Returns
    -------
    PHQ9Score                      ``total`` None where a scored item is missing

    Raises
    ------
    InvalidInput                   an unknown item, or a value outside its range

    Source
    ------
    cite:phq9-fhir, cite:phq9
    """
    base = sum_score(instrument, answers)
    self_harm = answers.get(SELF_HARM_ITEM)
    return PHQ9Score(
        instrument=base.instrument,
        version=base.version,
        total=base.total,
        missing=base.missing,
        band=base.band,
        item9_positive=None if self_harm is None else self_harm > 0,
        difficulty=answers.get(DIFFICULTY_ITEM),
    )
