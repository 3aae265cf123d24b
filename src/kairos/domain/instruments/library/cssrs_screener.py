"""C-SSRS screener: six yes-or-no questions, some opened by others, and the tier they amount to.

The highest tier that applies wins. A "yes" is never dropped, also where a later answer closed its
question again.

Source: cite:cssrs-screener (logic), cite:cssrs-triage (tiers).
"""

from dataclasses import dataclass

from kairos.domain.instruments.questionnaire import Answers, Instrument, Tier, shown_items
from kairos.domain.instruments.scoring import check_answers

ID = "cssrs_screener"
YES = 1


@dataclass(frozen=True, slots=True)
class ScreenerResult:
    """The tier reached, and what was not answered.

    ``tier`` is None where nothing was answered yes and something is missing: not known is never none.
    ``new_tier`` leaves out lifetime answers that were on record before: it is the one that starts the
    safety pathway, so that an old attempt does not alarm at every visit. ``assumed`` names questions
    whose silence was counted as the answer that weighs more.
    """

    tier: Tier | None
    new_tier: Tier | None
    positive: tuple[str, ...]
    missing: tuple[str, ...]
    assumed: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether every question that was open has an answer."""
        return not self.missing


def assess(
    answers: Answers,
    *,
    instrument: Instrument,
    finished: bool = False,
    known_before: frozenset[str] = frozenset(),
) -> ScreenerResult:
    """Return the tier that the answers so far amount to.

    Parameters
    ----------
    answers : Mapping[str, int]    item id to 0 (no) or 1 (yes); unanswered items are left out
    instrument : Instrument        the version that was asked
    finished : bool                nothing more will be answered; silence on the recency of behaviour
                                   then counts as recent
    known_before : frozenset of str    items answered yes in an earlier screener of this person

    Raises
    ------
    InvalidInput                   an unknown item, or a value that is neither 0 nor 1
    """
    check_answers(instrument, answers)
    missing = tuple(item for item in shown_items(instrument, answers) if item not in answers)
    assumed = tuple(i for i in missing if finished and instrument.item(i).silence_counts == YES)
    positive = tuple(i for i in instrument.item_ids if answers.get(i) == YES or i in assumed)
    old = {i.id for i in instrument.items if i.is_lifetime and i.id in known_before}
    news = tuple(item for item in positive if item not in old)
    return ScreenerResult(
        tier=_tier(instrument, positive, bool(missing)),
        new_tier=_tier(instrument, news, bool(missing)),
        positive=positive,
        missing=missing,
        assumed=assumed,
    )


def _tier(instrument: Instrument, positive: tuple[str, ...], is_missing: bool) -> Tier | None:
    reached = [tier for tier in instrument.tiers if set(tier.any_yes) & set(positive)]
    if reached:
        return reached[0]
    lowest = next(tier for tier in instrument.tiers if not tier.any_yes)
    return None if is_missing else lowest
