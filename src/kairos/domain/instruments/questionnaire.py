"""Questionnaires as content describes them: items, answers, bands, and what an answer starts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kairos.domain.evidence.citations import Certainty
from kairos.domain.instruments.cut_offs import Criterion, CutOff
from kairos.domain.instruments.safety_plan import SafetyStep
from kairos.domain.instruments.totalling import Totalling, Wording
from kairos.vocab.codes import Code
from kairos.vocab.errors import Missing

Answers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """One answer a person can choose. ``code`` is the answer's own LOINC code."""

    value: int
    text: str
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    ``scored`` is false for a question that is asked and never counted. ``shown_if`` names the answers
    that open the question; without it, it is always asked. ``safety`` says what each answer starts.
    ``silence_counts`` is the answer that leaving a shown question open stands for, where there is one.
    ``is_lifetime`` marks a question about the whole life, whose "yes" is news only once.
    ``reverse``: the answer counts as far from the highest as it lies from the lowest.
    ``span`` holds the lowest and the highest answer of a question answered with a whole number.
    """

    id: str
    text: str
    options: tuple[AnswerOption, ...]
    code: Code | None = None
    scored: bool = True
    hint: str = ""
    shown_if: Mapping[str, int] | None = None
    safety: tuple[SafetyStep, ...] = ()
    silence_counts: int | None = None
    is_lifetime: bool = False
    reverse: bool = False
    span: tuple[int, int] | None = None

    @property
    def values(self) -> tuple[int, ...]:
        """The numbers that answer this question."""
        if self.span is not None:
            return tuple(range(self.span[0], self.span[1] + 1))
        return tuple(option.value for option in self.options)

    def points(self, value: int) -> int:
        """Return what an answer counts."""
        return min(self.values) + max(self.values) - value if self.reverse else value


@dataclass(frozen=True, slots=True)
class Band:
    """A named range of totals, both ends included."""

    id: str
    name: str
    lowest: int
    highest: int
    sources: tuple[str, ...] = ()
    certainty: Certainty = Certainty.DEFAULT


@dataclass(frozen=True, slots=True)
class Tier:
    """A named level of a screener, reached when one of the items is answered yes."""

    id: str
    name: str
    any_yes: tuple[str, ...]
    safety: tuple[SafetyStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of one questionnaire in one language. ``version`` is stored with every answer.

    ``subset_of`` is the instrument whose questions these are some of; they keep their numbers.
    ``known_as`` holds other names that people write.
    """

    id: str
    version: str
    language: str
    title: str
    short_title: str
    stem: str
    items: tuple[Item, ...]
    licence: str
    sources: tuple[str, ...]
    panel: Code | None = None
    total: Code | None = None
    bands: tuple[Band, ...] = ()
    tiers: tuple[Tier, ...] = ()
    copyright_notice: str = ""
    certainty: Certainty = Certainty.DEFAULT
    wording: Wording = Wording.PUBLISHED
    totalling: Totalling = field(default_factory=Totalling)
    cut_offs: tuple[CutOff, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    subset_of: str = ""
    higher_is_better: bool = False
    known_as: tuple[str, ...] = ()

    def item(self, item_id: str) -> Item:
        """Return one question.

        Raises
        ------
        Missing    no such item
        """
        for item in self.items:
            if item.id == item_id:
                return item
        raise Missing(f"{item_id} is not an item of {self.id}; expected one of {', '.join(self.item_ids)}")

    @property
    def item_ids(self) -> tuple[str, ...]:
        """Every item, in the order of asking."""
        return tuple(item.id for item in self.items)

    @property
    def scored_ids(self) -> tuple[str, ...]:
        """The items that count towards the total."""
        return tuple(item.id for item in self.items if item.scored)

    @property
    def has_total(self) -> bool:
        """Whether it is added up, or entered as a total; a screener is neither."""
        return bool(self.scored_ids) or self.totalling.entered is not None

    @property
    def lowest_total(self) -> int:
        """The smallest total a full set of answers can have."""
        return self._extreme(0)

    @property
    def highest_total(self) -> int:
        """The largest total a full set of answers can have."""
        return self._extreme(-1)

    def _extreme(self, end: int) -> int:
        if self.totalling.entered is not None:
            return self.totalling.entered[end]
        return self.totalling.add_up({i.id: sorted(i.values)[end] for i in self.items if i.scored})

    def band_of(self, total: int) -> Band | None:
        """Return the band a total lies in, or None where the instrument has no bands."""
        return next((band for band in self.bands if band.lowest <= total <= band.highest), None)


def shown_items(instrument: Instrument, answers: Answers) -> tuple[str, ...]:
    """Return the items to ask, in order, given what has been answered so far."""
    return tuple(item.id for item in instrument.items if _is_open(item, answers))


def next_item(instrument: Instrument, answers: Answers) -> str | None:
    """Return the first open question without an answer, or None when there is none left."""
    return next((item for item in shown_items(instrument, answers) if item not in answers), None)


def _is_open(item: Item, answers: Answers) -> bool:
    needs = item.shown_if or {}
    return all(answers.get(other) == value for other, value in needs.items())
