"""Which instruments a foreign questionnaire asks, and by which of its items: told by LOINC codes alone.

An item without any code counts only where its wording is, word for word, that of an item which the rest of
the questionnaire leaves open; it is named as such.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kairos.domain.instruments.questionnaire import Instrument
from kairos.domain.instruments.totalling import Wording
from kairos.interop.fhir.questionnaires.foreign import Question
from kairos.interop.fhir.questionnaires.values import plain_words

_HALF = 0.5
_WORDS_OF_TOTALS = {"total", "score", "sum"}


@dataclass(frozen=True, slots=True)
class Recognised:
    """An instrument within a questionnaire.

    ``asked`` leads from each of its items to the linkIds that ask it; ``totals`` are the linkIds that hold
    its total. ``by_wording`` are items that carry no code.
    """

    instrument: Instrument
    asked: Mapping[str, tuple[str, ...]]
    totals: tuple[str, ...] = ()
    by_wording: tuple[str, ...] = ()


def recognised_in(
    questions: Iterable[Question], codes: frozenset[str], instruments: Iterable[Instrument]
) -> tuple[Recognised, ...]:
    """Return the instruments that a questionnaire asks.

    Parameters
    ----------
    questions : items of the questionnaire, headings among them
    codes : LOINC codes of the questionnaire as a whole
    instruments : those to look for

    Returns
    -------
    tuple    an instrument all of whose items belong to a larger one as well (the two items of the PHQ-2
             within the PHQ-9) is there only where the questionnaire names it by its panel or total
    """
    held = tuple(questions)
    named = codes.union(*(question.codes for question in held))
    answerable = [question for question in held if question.can_be_answered]
    candidates = [_Candidate(instrument, named, answerable) for instrument in instruments]
    likely = [candidate for candidate in candidates if candidate.is_likely]
    kept = [one for one in likely if not any(other.hides(one) for other in likely if other is not one)]
    return tuple(one.recognised(answerable, is_only=len(kept) == 1) for one in kept)


class _Candidate:
    """An instrument held against the items of a questionnaire."""

    def __init__(self, instrument: Instrument, named: frozenset[str], questions: list[Question]) -> None:
        self.instrument = instrument
        whole = {code.code for code in (instrument.panel, instrument.total) if code}
        self.is_named = bool(whole & named)
        asked = {item.id: _asking(questions, item.code.code) for item in instrument.items if item.code}
        self.asked = {item: links for item, links in asked.items() if links}
        self.codes = {item.code.code for item in instrument.items if item.code and item.id in self.asked}

    @property
    def coverage(self) -> float:
        """How much of the instrument is asked: the share of its scored items, or of all where none is."""
        counted = self.instrument.scored_ids or self.instrument.item_ids
        return len([item for item in counted if item in self.asked]) / len(counted)

    @property
    def is_likely(self) -> bool:
        """Whether the questionnaire asks enough of it, or asks what nobody may overlook."""
        watched = any(item.safety and item.id in self.asked for item in self.instrument.items)
        return bool(self.asked) and (self.is_named or self.coverage >= _HALF or watched)

    def hides(self, other: "_Candidate") -> bool:
        """Whether the other's items are this one's too, and nothing in the questionnaire speaks for it."""
        if other.is_named or not other.codes <= self.codes:
            return False
        return self.codes != other.codes or self.is_named or other.coverage < self.coverage

    def recognised(self, questions: list[Question], *, is_only: bool) -> Recognised:
        """Return what was found, with items told by their wording and with totals."""
        worded = self._worded(questions) if self.instrument.wording is Wording.PUBLISHED else {}
        whole = [code.code for code in (self.instrument.total, self.instrument.panel) if code]
        totals = next(filter(None, (_asking(questions, code) for code in whole)), ())
        if not totals and is_only:
            totals = tuple(question.link_id for question in questions if _looks_like_total(question))
        return Recognised(self.instrument, self.asked | worded, totals, tuple(worded))

    def _worded(self, questions: list[Question]) -> dict[str, tuple[str, ...]]:
        uncoded = [question for question in questions if not question.codes and question.text]
        found: dict[str, tuple[str, ...]] = {}
        for item in self.instrument.items:
            words = plain_words(item.text)
            links = tuple(q.link_id for q in uncoded if plain_words(q.text) == words)
            if links and item.id not in self.asked:
                found[item.id] = links
        return found


def _asking(questions: list[Question], code: str) -> tuple[str, ...]:
    return tuple(question.link_id for question in questions if code in question.codes)


def _looks_like_total(question: Question) -> bool:
    """Whether an item without a code is computed by the questionnaire, or is called a total."""
    words = set(plain_words(question.text).split())
    is_number = question.kind in ("integer", "decimal", "quantity", "string", "text", "")
    return not question.codes and is_number and (question.is_calculated or bool(words & _WORDS_OF_TOTALS))
