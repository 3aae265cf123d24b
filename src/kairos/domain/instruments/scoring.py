"""Adding up answers. A missing answer leaves the total unknown: never a zero, never a guess."""

from dataclasses import dataclass

from kairos.domain.instruments.questionnaire import Answers, Instrument
from kairos.vocab.errors import InvalidInput, Problem

SCORING_VERSION = "sum-1"
_MOST_LISTED = 7


@dataclass(frozen=True, slots=True)
class Score:
    """What a set of answers adds up to.

    ``total`` is None unless every scored item was answered; ``missing`` names those that were not.
    ``band`` is the id of the named range, ``version`` the instrument's, ``scoring`` this algorithm's.
    """

    instrument: str
    version: str
    total: int | None
    missing: tuple[str, ...]
    band: str | None = None
    scoring: str = SCORING_VERSION


def check_answers(instrument: Instrument, answers: Answers) -> None:
    """Refuse items the instrument does not have and values an item cannot take, all at once.

    Raises
    ------
    InvalidInput    names every such item and what was expected
    """
    problems = [*_unknown(instrument, answers), *_out_of_range(instrument, answers)]
    if problems:
        raise InvalidInput(*problems)


def sum_score(instrument: Instrument, answers: Answers) -> Score:
    """Add up the scored items.

    Raises
    ------
    InvalidInput    an unknown item, or a value outside its range
    """
    check_answers(instrument, answers)
    missing = tuple(item for item in instrument.scored_ids if item not in answers)
    return _scored(instrument, None if missing else _total(instrument, answers), missing)


def entered_score(instrument: Instrument, total: int) -> Score:
    """Return the score of a total that was added up elsewhere, by hand or in another system.

    Parameters
    ----------
    instrument : Instrument
    total : int              in points of the instrument, between its lowest and its highest total

    Raises
    ------
    InvalidInput             the instrument has no such total
    """
    lowest, highest = instrument.lowest_total, instrument.highest_total
    if not instrument.has_total:
        raise InvalidInput(Problem("total", f"{instrument.short_title} has no total; enter its answers"))
    if isinstance(total, bool) or not lowest <= total <= highest or total % instrument.totalling.factor:
        steps = f" in steps of {instrument.totalling.factor}" if instrument.totalling.factor > 1 else ""
        limits = f"a whole number from {lowest} to {highest}{steps}"
        raise InvalidInput(Problem("total", f"no total of {instrument.short_title}; expected {limits}"))
    return _scored(instrument, total, ())


def _total(instrument: Instrument, answers: Answers) -> int:
    scored = (item for item in instrument.items if item.scored)
    return instrument.totalling.add_up({item.id: item.points(answers[item.id]) for item in scored})


def _scored(instrument: Instrument, total: int | None, missing: tuple[str, ...]) -> Score:
    band = None if total is None else instrument.band_of(total)
    return Score(instrument.id, instrument.version, total, missing, band.id if band else None)


def _unknown(instrument: Instrument, answers: Answers) -> list[Problem]:
    strangers = sorted(set(answers) - set(instrument.item_ids))
    if not strangers:
        return []
    names = ", ".join(strangers)
    if not instrument.items:
        return [Problem(names, f"{instrument.short_title} has no items here; enter its total")]
    first, last = instrument.item_ids[0], instrument.item_ids[-1]
    return [Problem(names, f"not {instrument.short_title} items: {names}; expected {first} to {last}")]


def _out_of_range(instrument: Instrument, answers: Answers) -> list[Problem]:
    return [
        Problem(item.id, f"{item.id} is answered outside its range; expected one of {_listed(item.values)}")
        for item in instrument.items
        if item.id in answers and not _fits(answers[item.id], item.values)
    ]


def _fits(value: object, allowed: tuple[int, ...]) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in allowed


def _listed(values: tuple[int, ...]) -> str:
    if len(values) > _MOST_LISTED:
        return f"{values[0]} to {values[-1]}"
    return ", ".join(str(value) for value in values)
