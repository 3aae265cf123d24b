"""What a total or a set of answers says by a published line: above it, below it, or not known."""

from collections.abc import Mapping
from dataclasses import dataclass

from kairos.domain.evidence.citations import Certainty
from kairos.vocab.verdict import Verdict


@dataclass(frozen=True, slots=True)
class CutOff:
    """A line through the totals, both ends of its range included.

    ``sex`` limits it to ``female`` or ``male``. MET means that the total lies in the range; what that
    suggests stands in ``name``. A screening result, never a diagnosis.
    """

    id: str
    name: str
    sources: tuple[str, ...]
    certainty: Certainty
    lowest: int | None = None
    highest: int | None = None
    sex: str = ""

    def judge(self, total: int | None, *, sex: str = "") -> Verdict | None:
        """Return whether a total lies in the range; None where the line is for another sex.

        UNKNOWN where there is no total, or where the line depends on the sex and that is not known.
        """
        if self.sex and sex and sex != self.sex:
            return None
        if total is None or (self.sex and not sex):
            return Verdict.UNKNOWN
        is_low = self.lowest is not None and total < self.lowest
        is_high = self.highest is not None and total > self.highest
        return Verdict.NOT_MET if is_low or is_high else Verdict.MET


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """So many of these questions answered with at least so much."""

    items: tuple[str, ...]
    value: int
    count: int

    def judge(self, answers: Mapping[str, int]) -> Verdict:
        """Return whether enough answers reach the value; UNKNOWN while missing ones could decide."""
        reached = sum(answers.get(item, self.value - 1) >= self.value for item in self.items)
        if reached >= self.count:
            return Verdict.MET
        missing = sum(item not in answers for item in self.items)
        return Verdict.UNKNOWN if reached + missing >= self.count else Verdict.NOT_MET


@dataclass(frozen=True, slots=True)
class Criterion:
    """A rule over the answers of which every part must hold, such as symptoms by cluster."""

    id: str
    name: str
    parts: tuple[AnswerCount, ...]
    sources: tuple[str, ...]
    certainty: Certainty

    def judge(self, answers: Mapping[str, int]) -> Verdict:
        """Return whether every part holds; one that does not decides, a missing answer leaves it unknown."""
        verdicts = {part.judge(answers) for part in self.parts}
        if Verdict.NOT_MET in verdicts:
            return Verdict.NOT_MET
        return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.MET
