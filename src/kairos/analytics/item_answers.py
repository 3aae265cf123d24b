"""From the cells of a table to answers: numbers, silence, refusals, and cells that are none of these.

SAS transport files hold nought as 5.4e-79; what is that close to nought is nought.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kairos.domain.instruments.questionnaire import Item
from kairos.domain.instruments.survey import SurveySource

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

SAS_ZERO = 1e-70
"""Below this a number is nought; the smallest answer other than nought is 1."""
_SILENT = {"", "na", "n/a", "nan", "null", "none", ".", "-"}
_BAD = np.inf


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to k items by r people, each of shape (r, k).

    ``values`` holds what was answered, NaN elsewhere; ``refused`` where the cell says refused or don't
    know; ``bad`` where it says neither that nor anything the item can be answered with.
    """

    values: Numbers
    refused: Flags
    bad: Flags


def answers_of(cells: npt.NDArray[np.generic], items: tuple[Item, ...], survey: SurveySource) -> Answers:
    """Return the answers in a block of cells.

    Parameters
    ----------
    cells : array, shape (r, k)     numbers or text, one column an item
    items : the k items, in the order of the columns
    survey : SurveySource           the codes and words that are no answers
    """
    if cells.dtype.kind == "f":
        numbers = np.array(cells, dtype=np.float64)
        worded = np.zeros(numbers.shape, dtype=np.bool_)
    else:
        columns = [_from_text(cells[:, k], item, survey) for k, item in enumerate(items)]
        numbers = np.column_stack([number for number, _ in columns])
        worded = np.column_stack([flag for _, flag in columns])
    numbers[np.abs(numbers) < SAS_ZERO] = 0.0
    valid = np.column_stack([np.isin(numbers[:, k], item.values) for k, item in enumerate(items)])
    refused = worded | (np.isin(numbers, sorted(survey.codes)) & ~valid)
    bad = ~np.isnan(numbers) & ~valid & ~refused
    return Answers(np.where(valid, numbers, np.nan), refused, bad)


def _from_text(cells: npt.NDArray[np.generic], item: Item, survey: SurveySource) -> tuple[Numbers, Flags]:
    """Return the numbers of a column of text, and where it says refused or don't know in words."""
    options = {option.text.casefold(): float(option.value) for option in item.options}
    texts = cells.tolist()
    plain = {text: str(text).strip().casefold() for text in set(texts)}
    worded = {text: word in survey.words and word not in options for text, word in plain.items()}
    numbers = {text: np.nan if worded[text] else _number(word, options) for text, word in plain.items()}
    return np.array([numbers[text] for text in texts]), np.array([worded[text] for text in texts])


def _number(text: str, options: Mapping[str, float]) -> float:
    if text in options:
        return options[text]
    if text in _SILENT:
        return np.nan
    try:
        number = float(text)
    except ValueError:
        return _BAD
    return _BAD if np.isnan(number) else number
