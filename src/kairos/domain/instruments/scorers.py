"""Which function scores which questionnaire: its own where it has one, else the sum by its content."""

from collections.abc import Callable

from kairos.domain.instruments.library import gad7, phq9
from kairos.domain.instruments.questionnaire import Answers, Instrument
from kairos.domain.instruments.scoring import Score, sum_score
from kairos.vocab.errors import Missing

_SCORERS: dict[str, Callable[..., Score]] = {phq9.ID: phq9.score, gad7.ID: gad7.score}


def score_answers(instrument: Instrument, answers: Answers) -> Score:
    """Score a questionnaire that has a total.

    Raises
    ------
    Missing         the questionnaire has no total (a screener is assessed, not added up)
    InvalidInput    an unknown item, or a value outside its range
    """
    if not instrument.scored_ids:
        raise Missing(f"{instrument.id} has no questions that are added up; assess it, or enter its total")
    if instrument.id in _SCORERS:
        return _SCORERS[instrument.id](answers, instrument=instrument)
    return sum_score(instrument, answers)
