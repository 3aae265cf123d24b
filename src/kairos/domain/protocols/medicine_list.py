"""What somebody takes: one line a medicine, from every record and everybody who said something of it.

Whether a medicine is taken is answered as the rules of eligibility answer it. A list nobody went
through with the person, or too long ago, is not known, whatever stands on it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.rules.answer import Answer
from kairos.domain.rules.case import Case
from kairos.domain.rules.evaluation import ANSWER_MAX_AGE, MEDICATION_MAX_AGE
from kairos.domain.rules.presence import Presences, Tense
from kairos.vocab.errors import Missing
from kairos.vocab.facts import AskedAsOf, Fact, FactId, FactKind, Presence
from kairos.vocab.verdict import Verdict

LIST_MAX_AGE = "medicines.list_max_age"
_ENDED = frozenset(f"finding.unknown_{why}" for why in ("ended", "marked", "stale", "not_understood"))
_ON_HOLD = "on-hold"


class MedicineState(StrEnum):
    """How a medicine stands.

    ``UNREAD``: an entry in which no drug could be recognised. ``UNNAMED``: somebody said that one of a
    class is taken, or was not sure, and none of that class is on the list.
    """

    TAKING = "taking"
    NOT_SURE = "not_sure"
    UNREAD = "unread"
    UNNAMED = "unnamed"
    ENDED = "ended"


_IN_DOUBT = (MedicineState.NOT_SURE, MedicineState.UNREAD, MedicineState.UNNAMED)


@dataclass(frozen=True, slots=True)
class Medicine:
    """One line: the drug, how it stands, the newest entry that speaks of it, and all of them.

    ``key`` is the ingredient, the id of the entry where none was recognised, or the concept that a question
    about a class states.
    """

    key: str
    state: MedicineState
    newest: Fact
    entries: tuple[Fact, ...]

    @property
    def facts(self) -> tuple[FactId, ...]:
        """The ids of all entries that speak of it."""
        return tuple(fact.id for fact in self.entries)

    @property
    def is_understood(self) -> bool:
        """Whether a drug was recognised."""
        return self.state not in (MedicineState.UNREAD, MedicineState.UNNAMED)

    @property
    def name(self) -> str:
        """What the newest entry calls it; the ingredient's own name where it says nothing."""
        said = self.newest.details.get("product") or (self.newest.code.display if self.newest.code else "")
        return str(said).strip() or self.newest.concept.removeprefix("taking_").replace("_", " ") or "?"


class ListState(StrEnum):
    """Whether the list as a whole is known."""

    KNOWN = "known"
    NEVER_CONFIRMED = "never_confirmed"
    TOO_OLD = "too_old"
    OPEN_LINES = "open_lines"


@dataclass(frozen=True, slots=True)
class MedicineList:
    """All lines, those taken first, and the newest word of somebody that they are all there is."""

    medicines: tuple[Medicine, ...]
    confirmed: Fact | None
    state: ListState

    @property
    def current(self) -> tuple[Medicine, ...]:
        """What is taken, or may be: each needs a plan."""
        return tuple(m for m in self.medicines if m.state is not MedicineState.ENDED)

    @property
    def open_lines(self) -> tuple[Medicine, ...]:
        """What is not known well enough for the list to be confirmed."""
        return tuple(m for m in self.medicines if m.state in _IN_DOUBT)

    def find(self, key: str) -> Medicine:
        """Return a line by its key.

        Raises
        ------
        Missing    the list has no such line
        """
        found = next((m for m in self.medicines if m.key == key), None)
        if found is None:
            raise Missing("this medicine is not on the list any more; look at the list again")
        return found

    @property
    def fingerprint(self) -> str:
        """A short name of all that the lines say, so that nobody confirms or signs what they did not see."""
        said = (f"{m.key}/{m.state}/{'/'.join(m.facts)}" for m in self.medicines)
        return sha256("\n".join(said).encode()).hexdigest()


def medicine_list(
    facts: Iterable[Fact],
    *,
    drugs: Mapping[str, object],
    asked: Mapping[str, frozenset[str]],
    on: date,
    limits: LimitsInForce,
) -> MedicineList:
    """Return what somebody takes as of a day.

    Parameters
    ----------
    facts : any order    everything known of the person; other kinds than medicines are passed over
    drugs : mapping      the ingredients that content knows, by name
    asked : mapping      the concept that a question about a class states -> the drugs of that class

    Returns
    -------
    MedicineList    those taken first, then those in doubt, then what ended; within them by name
    """
    known = drugs.keys() | asked.keys()
    case = Case((f for f in facts if _speaks_of_medicines(f, known)), AskedAsOf(on, chosen=True))
    named = [_line(concept, case, limits) for concept in sorted(case.concepts & drugs.keys())]
    lines = [line for line in named if line is not None]
    current = {line.key for line in lines if line.state is not MedicineState.ENDED}
    unread = [_unread(fact) for fact in case.not_understood(FactKind.MEDICATION)]
    ranked = tuple(sorted([*lines, *unread, *_unnamed(case, asked, current)], key=_rank))
    confirmed = case.confirmed_list(FactKind.MEDICATION)
    state = _state(ranked, confirmed.last if confirmed else None, on, limits)
    return MedicineList(ranked, confirmed.fact if confirmed else None, state)


def _rank(line: Medicine) -> tuple[int, str, str]:
    return list(MedicineState).index(line.state), line.name.lower(), line.key


def _unnamed(case: Case, asked: Mapping[str, frozenset[str]], current: set[str]) -> Iterator[Medicine]:
    """Yield a line for each class that was not denied when asked for, and of which nothing is on the list."""
    for concept, drugs in asked.items():
        entries = case.entries(concept)
        if entries and entries[-1].fact.presence is not Presence.ABSENT and drugs.isdisjoint(current):
            facts = tuple(entry.fact for entry in entries)
            yield Medicine(concept, MedicineState.UNNAMED, facts[-1], facts)


def _speaks_of_medicines(fact: Fact, drugs: Set[str]) -> bool:
    if fact.kind is FactKind.MEDICATION or fact.concept == f"list.{FactKind.MEDICATION}":
        return True
    return fact.kind is FactKind.ANSWER and (fact.concept in drugs or "refutes" in fact.details)


def _line(concept: str, case: Case, limits: LimitsInForce) -> Medicine | None:
    """Return the line of one ingredient; none where every entry of it was taken back."""
    entries = case.entries(concept)
    if not entries:
        return None
    facts = tuple(e.fact for e in entries)
    newest = _newest(facts)
    return Medicine(concept, _stands(_asked(concept, limits).answer(case), newest), newest, facts)


def _stands(answer: Answer, newest: Fact) -> MedicineState:
    """Return how a medicine stands. Marked as ended is ended here; the list's confirmation settles it."""
    if answer.verdict is Verdict.MET:
        return MedicineState.TAKING
    if answer.verdict is Verdict.NOT_MET:
        return MedicineState.ENDED
    is_over = answer.message in _ENDED and newest.status != _ON_HOLD
    return MedicineState.ENDED if is_over else MedicineState.NOT_SURE


def _asked(concept: str, limits: LimitsInForce) -> Presences:
    return Presences(
        concepts=frozenset({concept}),
        asked_as=concept,
        tense=Tense.CURRENT,
        kind=FactKind.MEDICATION,
        fresh=limits.span(ANSWER_MAX_AGE),
        lasting=limits.span(MEDICATION_MAX_AGE),
    )


def _newest(facts: Sequence[Fact]) -> Fact:
    """Return the newest entry that names the medicine; a bare "no longer" only where nothing else does."""
    named = [fact for fact in facts if fact.presence is not Presence.ABSENT]
    return (named or facts)[-1]


def _unread(fact: Fact) -> Medicine:
    return Medicine(fact.id, MedicineState.UNREAD, fact, (fact,))


def _state(
    lines: Sequence[Medicine], confirmed_on: date | None, on: date, limits: LimitsInForce
) -> ListState:
    if confirmed_on is None:
        return ListState.NEVER_CONFIRMED
    if on - confirmed_on > limits.span(LIST_MAX_AGE):
        return ListState.TOO_OLD
    is_open = any(m.state in _IN_DOUBT for m in lines)
    return ListState.OPEN_LINES if is_open else ListState.KNOWN
