"""One time of asking: which questionnaires, and what they belong to.

An asking is known by its subject (a planned session, or the request of somebody on the team) and its
time point. Every questionnaire in it has an id that follows from these two, so that a reminder's link
goes on where the first one stopped, and nothing is asked or counted twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from kairos.domain.instruments.questionnaire import Answers, Instrument, shown_items

Given = Mapping[str, int | None]
"""Answers as they were given: None is a question that the person would rather not answer."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Questionnaires asked together at one time."""

    subject: UUID
    timepoint: str
    instruments: tuple[str, ...]

    def request_id(self, instrument: str) -> UUID:
        """Return the id of one questionnaire of this asking."""
        return uuid5(self.subject, f"{self.timepoint}/{instrument}")


@dataclass(frozen=True, slots=True)
class Question:
    """One page: the number of the question among all of the asking, from 1, and what is asked."""

    number: int
    instrument: str
    item_id: str


def questions_of(instruments: Sequence[Instrument], given: Mapping[str, Given]) -> tuple[Question, ...]:
    """Return the questions of an asking in order, given what was answered so far by questionnaire."""
    pages = [
        (instrument.id, item)
        for instrument in instruments
        for item in shown_items(instrument, answered(given.get(instrument.id, {})))
    ]
    return tuple(Question(number, *page) for number, page in enumerate(pages, start=1))


def answered(given: Given) -> Answers:
    """Return the answers without the questions that were left out on purpose."""
    return {item: value for item, value in given.items() if value is not None}


def next_question(questions: Sequence[Question], given: Mapping[str, Given]) -> Question | None:
    """Return the first question that was neither answered nor left out; None where there is none."""
    return next((q for q in questions if q.item_id not in given.get(q.instrument, {})), None)


def is_left_out(question: Question, given: Mapping[str, Given]) -> bool:
    """Whether a question has no answer: left out on purpose, or not reached."""
    return given.get(question.instrument, {}).get(question.item_id) is None
