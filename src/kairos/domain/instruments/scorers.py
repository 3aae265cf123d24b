"""Which function scores which questionnaire."""

from collections.abc import Callable

from kairos.domain.instruments.library import gad7, phq9
from kairos.domain.instruments.questionnaire import Answers, Instrument
from kairos.domain.instruments.scoring import Score
from kairos.vocab.errors import Missing

_SCORERS: dict[str, Callable[..., Score]] = {phq9.ID: phq9.score, gad7.ID: gad7.score}


def score_answers(instrument: Instrument, answers: Answers) -> Score:
    """Score a questionnaire that has a total.

    Raises
    ------
    Missing         the questionnaire has no total (a screener is assessed, not added up)
    InvalidInput    an unknown item, or a value outside its range
    """
    if instrument.id not in _SCORERS:
        raise Missing(f"{instrument.id} has no total; expected one of {', '.join(sorted(_SCORERS))}")
    return _SCORERS[instrument.id](answers, instrument=instrument)
