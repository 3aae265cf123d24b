"""What an expression answers: a verdict with its reason, the values of the sentence, the facts used."""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from kairos.vocab.facts import Fact, FactId
from kairos.vocab.finding import FindingValue
from kairos.vocab.verdict import MET, NOT_MET, UNKNOWN, Verdict

NOTHING: Mapping[str, FindingValue] = {}


class Answer(NamedTuple):
    """Whether something is so. ``MET`` reads "it is so", ``NOT_MET`` "it is not so".

    ``rank`` orders unknowns by what they tell: silence says least, so it never hides a broader
    code or an entry that nobody could read.
    """

    verdict: Verdict
    message: str
    values: Mapping[str, FindingValue] = NOTHING
    facts: tuple[FactId, ...] = ()
    rank: int = 1


def ids(facts: Iterable[Fact]) -> tuple[FactId, ...]:
    """Return the ids of facts, each once, sorted so that their order of arrival does not show."""
    return tuple(sorted({fact.id for fact in facts}))


def any_answer(answers: Sequence[Answer]) -> Answer:
    """Combine by three-valued *or*: the first that is so speaks, then the most telling unknown."""
    return _combined(answers, MET)


def all_answers(answers: Sequence[Answer]) -> Answer:
    """Combine by three-valued *and*: the first that is not so speaks, then the most telling unknown."""
    return _combined(answers, NOT_MET)


def _combined(answers: Sequence[Answer], deciding: Verdict) -> Answer:
    if len(answers) == 1:
        return answers[0]
    for wanted in (deciding, UNKNOWN):
        chosen = [answer for answer in answers if answer.verdict is wanted]
        if len(chosen) == 1:
            return chosen[0]
        if chosen:
            return joined(_speaker(chosen), chosen)
    return joined(_speaker(answers), answers)


def _speaker(answers: Sequence[Answer]) -> Answer:
    """Return the answer that tells most; those that say the same of several parts speak as one.

    A measured value speaks for itself alone.
    """
    if len(answers) == 1:
        return answers[0]
    speaker = max(answers, key=_rank)
    if "asked" not in speaker.values or "value" in speaker.values:
        return speaker
    alike = [a for a in answers if a.message == speaker.message and a.rank == speaker.rank]
    parts = dict.fromkeys([part for a in alike for part in str(a.values["asked"]).split()])
    values = {**speaker.values, "asked": " ".join(parts)}
    return Answer(speaker.verdict, speaker.message, values, speaker.facts, speaker.rank)


_rank = attrgetter("rank")


def joined(speaker: Answer, answers: Sequence[Answer]) -> Answer:
    """Return what one answer says, resting on the facts of all of them."""
    if len(answers) == 1:
        return speaker
    used = {fact for answer in answers for fact in answer.facts}
    if len(used) == len(speaker.facts):
        return speaker
    return Answer(speaker.verdict, speaker.message, speaker.values, tuple(sorted(used)), speaker.rank)
