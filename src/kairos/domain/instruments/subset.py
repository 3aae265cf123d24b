"""Scoring a short form from the answers to the long one: CADSS-6 from the CADSS, PHQ-2 from the PHQ-9."""

from kairos.domain.instruments.questionnaire import Answers, Instrument
from kairos.vocab.errors import InvalidInput, Problem


def answers_to_part(answers: Answers, *, whole: Instrument, part: Instrument) -> Answers:
    """Return the answers to a short form, taken from those to its long form by the questions' numbers.

    Raises
    ------
    InvalidInput    the one is not a short form of the other
    """
    if part.subset_of != whole.id:
        message = f"{part.short_title} is no short form of {whole.short_title}"
        raise InvalidInput(Problem("instrument", message))
    numbers = {_number(item): item for item in part.item_ids}
    return {numbers[_number(item)]: value for item, value in answers.items() if _number(item) in numbers}


def _number(item_id: str) -> str:
    return item_id.rpartition(".")[2]
