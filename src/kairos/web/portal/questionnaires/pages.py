"""What the templates of a questionnaire show: one question with its ways on, and the review."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from kairos.domain.instruments.asking import Question
from kairos.domain.instruments.questionnaire import Instrument, Item
from kairos.domain.instruments.safety import SafetyResponse
from kairos.queries.answering import AnsweringPage
from kairos.web.portal.questionnaires.sitting import BrowserSitting


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question of an asking, as this browser may see it."""

    asking: AnsweringPage
    number: int
    sitting: BrowserSitting
    address: str
    is_from_review: bool = False

    @property
    def question(self) -> Question:
        """Which question."""
        return self.asking.question(self.number)

    @property
    def instrument(self) -> Instrument:
        """Its questionnaire."""
        return self.asking.instruments[self.question.instrument]

    @property
    def item(self) -> Item:
        """What is asked."""
        return self.instrument.item(self.question.item_id)

    @property
    def stem(self) -> str:
        """The words before the question; a question that is not scored stands alone."""
        return self.instrument.stem if self.item.scored else ""

    @property
    def count(self) -> int:
        """How many questions there are."""
        return len(self.asking.questions)

    @property
    def is_own(self) -> bool:
        """Whether this browser gave the answer itself."""
        return self.item.id in self.sitting.items

    @property
    def initial(self) -> dict[str, Any]:
        """The answer to show again: only one that this browser gave."""
        value = self.asking.value_of(self.question)
        return {"answer": value} if self.is_own and value is not None else {}

    @property
    def answer_words(self) -> str:
        """The answer in words."""
        value = self.asking.value_of(self.question)
        return next((option.text for option in self.item.options if option.value == value), "")

    @property
    def safety(self) -> SafetyResponse | None:
        """What the answer started."""
        return next(
            (found for question, found in self.asking.starts_safety if question == self.question), None
        )

    @property
    def request_id(self) -> UUID:
        """The id of the questionnaire in this asking."""
        return self.asking.asking.request_id(self.question.instrument)

    @property
    def url(self) -> str:
        """The address of the question."""
        return reverse("link_question", args=[self.address, self.number]) + self._origin

    @property
    def care_url(self) -> str:
        """The address of the card that an answer brings."""
        return reverse("link_care", args=[self.address, self.number]) + self._origin

    @property
    def next_url(self) -> str:
        """Where to go on: the next question, or the review."""
        if self.is_from_review or self.number == self.count:
            return reverse("link_review", args=[self.address])
        return reverse("link_question", args=[self.address, self.number + 1])

    @property
    def back_url(self) -> str:
        """Where to go back to; nothing is lost on the way."""
        if self.is_from_review:
            return reverse("link_review", args=[self.address])
        if self.number == 1:
            return reverse("link", args=[self.address])
        return reverse("link_question", args=[self.address, self.number - 1])

    @property
    def _origin(self) -> str:
        return "?review" if self.is_from_review else ""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One question in the review. ``state``: given, earlier (in another sitting), left_out, open."""

    number: int
    question: str
    state: str
    answer: str = ""


def review_rows(page: AnsweringPage, sitting: BrowserSitting) -> list[ReviewRow]:
    """Return the review, question by question."""
    return [_row(page, question, sitting) for question in page.questions]


def _row(page: AnsweringPage, question: Question, sitting: BrowserSitting) -> ReviewRow:
    item = page.instruments[question.instrument].item(question.item_id)
    if not page.is_passed(question):
        return ReviewRow(question.number, item.text, "open")
    value = page.value_of(question)
    if value is None:
        return ReviewRow(question.number, item.text, "left_out")
    if item.id not in sitting.items:
        return ReviewRow(question.number, item.text, "earlier")
    words = next(option.text for option in item.options if option.value == value)
    return ReviewRow(question.number, item.text, "given", words)
