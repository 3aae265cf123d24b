"""Is it so? Whether a condition, a state or an event holds, from facts that may contradict each other.

Silence is not denial. Something is absent only where a person, a test or a confirmed list says so,
later than everything that speaks for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kairos.domain.rules.answer import Answer, ids
from kairos.domain.rules.case import ANSWER, UNDATED, Case, Entry, list_of, was_known, written_on
from kairos.vocab.facts import ABSENT, BROADER, EXACT, NOT_SURE, NOT_UNDERSTOOD, Fact, FactKind
from kairos.vocab.finding import FindingValue
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import ONE, Quantity
from kairos.vocab.verdict import MET, NOT_MET, UNKNOWN

ENDED_STATUS = frozenset({"resolved", "inactive", "remission", "stopped", "completed", "ended", "on-hold"})
ACTIVE_STATUS = frozenset({"active", "recurrence", "relapse"})


class Tense(StrEnum):
    """What is asked: ever so, so now, so within a time, or so but longer ago than a time."""

    EVER = "ever"
    CURRENT = "current"
    WITHIN = "within"
    EARLIER = "earlier"


class _State(StrEnum):
    SO = "so"
    ENDED = "ended"
    DENIED = "denied"
    TOO_OLD = "too_old"
    OUTSIDE = "outside"
    BROADER = "broader"
    NOT_SURE = "not_sure"
    UNREADABLE = "unreadable"
    DATE_UNCLEAR = "date_unclear"
    STATUS_MISSING = "status_missing"


_SO, _ENDED, _DENIED, _TOO_OLD, _OUTSIDE, _BROADER, _NOT_SURE, _UNREADABLE, _DATE_UNCLEAR, _STATUS_MISSING = (
    _State
)

_NO = Quantity(0, ONE)
NO_DATE = "date unknown"
SILENT = Answer(UNKNOWN, "finding.unknown_silent", rank=0)
_OVER = frozenset({_ENDED, _TOO_OLD})
_PAST = _OVER | {_OUTSIDE}
_UNSURE = frozenset({_BROADER, _NOT_SURE, _UNREADABLE, _DATE_UNCLEAR, _STATUS_MISSING})


@dataclass(frozen=True, slots=True)
class Presences:
    """The question a leaf puts: any of these concepts, in this tense.

    ``asked_as`` is the concept that a direct question states; its absence denies all the others.
    ``fresh`` is how long a denial holds, ``lasting`` how long an entry without a status counts as
    current, ``lasts`` how long the state can last at all, ``window`` the time of ``WITHIN`` and
    ``EARLIER``. ``kind`` is the list that a clinician may confirm as complete. ``silent`` is the answer
    where nothing is known, ``parts`` are the concepts of which each has to be denied where the question
    itself was not answered.
    """

    concepts: frozenset[str]
    asked_as: str
    tense: Tense
    kind: FactKind
    fresh: timedelta
    lasting: timedelta
    window: timedelta = timedelta(0)
    lasts: timedelta | None = None
    silent: Answer = SILENT
    parts: frozenset[str] = frozenset()

    def answer(self, case: Case) -> Answer:
        """Return whether it is so as of the day of the case."""
        if self.concepts.isdisjoint(case.concepts):
            return _silence(self, case)
        touched = self.concepts & case.concepts
        states = {c: _states(case.entries(c), self, case.on) for c in touched}
        evidence = [s for group in states.values() for s in group if s[0] is not _DENIED]
        denied = _denied(self, states, case.entries(self.asked_as))
        if evidence:
            return _weigh(evidence, denied, self, case)
        if denied is not None:
            return _denial(denied, self, case.on)
        return _silence(self, case)


_Stated = tuple[_State, Entry]


def _states(entries: Sequence[Entry], asked: Presences, on: date) -> list[_Stated]:
    return [(_state(entry, asked, on), entry) for entry in entries]


def _state(entry: Entry, asked: Presences, on: date) -> _State:
    fact = entry.fact
    if fact.understanding is NOT_UNDERSTOOD:
        return _UNREADABLE
    if fact.presence is NOT_SURE:
        return _NOT_SURE
    if fact.presence is ABSENT:
        return _DENIED if fact.understanding is EXACT else _BROADER
    if fact.value is not None and (fact.value is False or fact.value == _NO):
        return _DENIED
    timed = _DATE_UNCLEAR if entry.first > on else _TENSES[asked.tense](entry, asked, on)
    if fact.understanding is BROADER and timed not in _PAST:
        return _BROADER
    return timed


def _ever(entry: Entry, asked: Presences, on: date) -> _State:
    return _SO if entry.last <= on or was_known(entry.fact, on) else _DATE_UNCLEAR


def _current(entry: Entry, asked: Presences, on: date) -> _State:
    """Return how an entry stands now; one older than such a state can last asks, whatever its status."""
    stated = _by_status(entry, asked, on)
    if asked.lasts is None or stated is _ENDED or entry.first is UNDATED:
        return stated
    return _TOO_OLD if on - entry.last > asked.lasts else stated


def _by_status(entry: Entry, asked: Presences, on: date) -> _State:
    fact = entry.fact
    if entry.last > on and not was_known(fact, on):
        return _DATE_UNCLEAR
    if fact.true_until is not None:
        return _by_end(fact.true_until, on)
    if fact.status in ENDED_STATUS:
        return _ENDED
    if fact.status in ACTIVE_STATUS:
        return _SO
    recent = entry.first is not UNDATED and on - entry.first <= asked.lasting
    return _SO if recent else _STATUS_MISSING


def _by_end(until: PartialDate, on: date) -> _State:
    if until.last < on:
        return _ENDED
    return _SO if until.first >= on else _DATE_UNCLEAR


def _within(entry: Entry, asked: Presences, on: date) -> _State:
    if entry.first is UNDATED or (entry.last > on and not was_known(entry.fact, on)):
        return _DATE_UNCLEAR
    opens = on - asked.window
    if entry.last < opens:
        return _OUTSIDE
    return _SO if entry.first >= opens and _is_dated(entry.fact) else _DATE_UNCLEAR


def _earlier(entry: Entry, asked: Presences, on: date) -> _State:
    if entry.first is UNDATED:
        return _SO
    opens = on - asked.window
    if entry.last < opens:
        return _SO
    return _OUTSIDE if entry.first >= opens and _is_dated(entry.fact) else _DATE_UNCLEAR


def _is_dated(fact: Fact) -> bool:
    """Whether the event itself has a date; being written down says only that it was so by then."""
    return fact.true_from is not None or fact.true_at is not None


_TENSES = {
    Tense.EVER: _ever,
    Tense.CURRENT: _current,
    Tense.WITHIN: _within,
    Tense.EARLIER: _earlier,
}


def _denied(asked: Presences, states: Mapping[str, list[_Stated]], direct: Sequence[Entry]) -> Entry | None:
    """Return the denial that counts: of the question itself, else of every single concept, the oldest."""
    found = [e for e in direct if _state(e, asked, e.last) is _DENIED][-1:]
    if states.keys() >= asked.parts and asked.parts:
        each = [[e for state, e in states[c] if state is _DENIED] for c in sorted(asked.parts)]
        if all(each):
            found.append(min((group[-1] for group in each), key=_moment))
    return max(found, key=_moment) if found else None


def _moment(entry: Entry) -> tuple[date, str]:
    return entry.last, entry.fact.id


def _stated_on(entry: Entry, on: date) -> date:
    """Return the day on which an entry was last known to stand: when it began, or was written down."""
    written = written_on(entry.fact)
    return max(entry.last, written) if written is not None and written <= on else entry.last


def _weigh(evidence: list[_Stated], denied: Entry | None, asked: Presences, case: Case) -> Answer:
    for_it = [e for state, e in evidence if state is _SO]
    if for_it:
        return _affirmed(for_it, denied, asked, case.on)
    unsure = [
        (s, e)
        for s, e in evidence
        if s in _UNSURE and (denied is None or _stated_on(e, case.on) >= denied.last)
    ]
    if unsure:
        return _unknown(unsure)
    if denied is not None:
        return _denial(denied, asked, case.on)
    ended = [(s, e) for s, e in evidence if s in _OVER]
    silent = _silence(asked, case)
    return _unknown(ended) if ended and silent is asked.silent else silent


def _affirmed(for_it: list[Entry], denied: Entry | None, asked: Presences, on: date) -> Answer:
    newest = max(for_it, key=_moment)
    facts = ids(e.fact for e in for_it)
    if denied is None or max(_stated_on(e, on) for e in for_it) >= denied.last:
        return Answer(MET, _so_message(newest.fact), described(newest.fact), facts, 3)
    values: dict[str, FindingValue] = {**described(newest.fact), "stated": _dated(denied)}
    facts = ids([*(e.fact for e in for_it), denied.fact])
    if asked.tense is not Tense.CURRENT:
        return Answer(UNKNOWN, "finding.contradicted", values, facts, 3)
    settled = _denial(denied, asked, on)
    if settled.verdict is UNKNOWN:
        return settled._replace(facts=facts)
    return Answer(settled.verdict, "finding.denied_later", values, facts, 1)


def _so_message(fact: Fact) -> str:
    return "finding.stated" if fact.kind is ANSWER else "finding.present"


def _unknown(group: Sequence[_Stated]) -> Answer:
    state, entry = max(group, key=lambda pair: _moment(pair[1]))
    message = f"finding.unknown_{_said_as(state, entry.fact)}"
    return Answer(UNKNOWN, message, described(entry.fact), ids(e.fact for _, e in group), 2)


def _said_as(state: _State, fact: Fact) -> str:
    if state is _ENDED and fact.true_until is None:
        return "marked"
    return state.value


def _dated(entry: Entry) -> PartialDate | str:
    return PartialDate.of(entry.last) if entry.first is not UNDATED else NO_DATE


def _denial(denied: Entry, asked: Presences, on: date) -> Answer:
    values: dict[str, FindingValue] = {"since": _dated(denied)}
    if on - denied.last > asked.fresh:
        return Answer(UNKNOWN, "finding.unknown_stale", values, (denied.fact.id,), 2)
    return Answer(NOT_MET, "finding.denied", values, (denied.fact.id,), 1)


def _silence(asked: Presences, case: Case) -> Answer:
    confirmed = case.confirmed_list(asked.kind) if list_of(asked.kind) in case.concepts else None
    if confirmed is None:
        return asked.silent
    unread = case.not_understood(asked.kind)
    if unread:
        values = {"count": str(len(unread))}
        return Answer(UNKNOWN, "finding.unknown_not_understood", values, ids(unread), 2)
    return _denial(confirmed, asked, case.on)


def described(fact: Fact) -> dict[str, FindingValue]:
    """Return what an entry says, since when and how it stands, as values for a sentence.

    A code without words is shown after the words of its concept, where it means just that.
    """
    since = fact.true_from or _day_of(fact)
    return {
        "what": _what(fact),
        "since": since if since is not None else NO_DATE,
        "until": fact.true_until if fact.true_until is not None else NO_DATE,
        "status": fact.status,
    }


def _what(fact: Fact) -> FindingValue:
    words = fact.concept.replace("_", " ") or "entry"
    code = fact.code
    if code is None:
        return words
    if fact.value is True:
        return f"{code.display.strip() or words}: positive"
    is_worded = bool(code.display.strip()) or fact.understanding is BROADER
    return code if is_worded else f"{words} ({code.code})"


def _day_of(fact: Fact) -> PartialDate | None:
    at = fact.true_at or fact.recorded_at
    return PartialDate.of(at.date()) if at is not None else None
