"""Alive, and how old: what the dates of a record can and cannot say."""

from datetime import date

from kairos.domain.rules.answer import Answer, any_answer, ids
from kairos.domain.rules.case import Case, entry_of
from kairos.domain.rules.evaluation import Binding, Plan
from kairos.domain.rules.expression import Age, HasDied, NotMale, Operator
from kairos.vocab.facts import ABSENT, EXACT, NOT_SURE, PRESENT, Fact, FactKind
from kairos.vocab.finding import FindingValue
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import YEAR, Quantity
from kairos.vocab.verdict import MET, NOT_MET, UNKNOWN

_BIRTH = frozenset({"birth_date"})
_NO = ABSENT
CLINICAL = frozenset(FactKind) - {FactKind.DEMOGRAPHIC, FactKind.ANSWER}


def bind_has_died(binding: Binding, expression: HasDied) -> Plan:
    """Bind the question whether the person has died as of the asked day.

    A death dated beyond the asked day counts where nobody chose that day: the record exists, so the
    death has been recorded, whatever its shifted date says.
    """
    return Plan(_has_died, None)


def _has_died(case: Case) -> Answer:
    stated = case.all_of("deceased")
    deaths = [f for f in stated if f.presence is PRESENT]
    answers = [a for a in (_by_death(death, case) for death in deaths) if a is not None]
    if answers:
        return any_answer(answers)
    if any(f.presence is NOT_SURE for f in stated):
        return Answer(UNKNOWN, "deceased.unclear", facts=ids(stated), rank=2)
    return _by_life(case, [f for f in stated if f.presence is ABSENT] + deaths)


def _by_death(death: Fact, case: Case) -> Answer | None:
    if death.understanding is not EXACT:
        return Answer(UNKNOWN, "deceased.unclear", facts=(death.id,), rank=2)
    if death.true_from is None:
        return Answer(MET, "deceased.undated", facts=(death.id,), rank=3)
    values = {"since": death.true_from}
    if death.true_from.last <= case.on or not case.as_of.chosen:
        return Answer(MET, "deceased.dead", values, (death.id,), 3)
    if death.true_from.first <= case.on:
        return Answer(UNKNOWN, "deceased.unclear", values, (death.id,), 2)
    return None


def _by_life(case: Case, stated: list[Fact]) -> Answer:
    later = [f for f in stated if f.presence is PRESENT]
    if later:
        values = {"since": later[0].true_from or "", "on": PartialDate.of(case.on)}
        return Answer(NOT_MET, "deceased.later", values, ids(later))
    if stated:
        return Answer(NOT_MET, "deceased.stated_alive", facts=ids(stated))
    year = case.on.year
    recent = [f for f in case.facts if f.true_from is None or f.true_from.year >= year or f.presence is _NO]
    seen = [f for f in recent if f.kind in CLINICAL and _happened_by(f, case.on)]
    if seen:
        newest = max(seen, key=lambda f: (entry_of(f).last, f.id))
        values = {"since": PartialDate.of(entry_of(newest).last)}
        return Answer(NOT_MET, "deceased.seen", values, (newest.id,))
    return Answer(UNKNOWN, "deceased.silent", {"on": PartialDate.of(case.on)}, rank=0)


def _happened_by(fact: Fact, on: date) -> bool:
    return fact.status != "planned" and entry_of(fact).first >= on


def bind_age(binding: Binding, expression: Age) -> Plan:
    """Bind the question whether the person is younger than a limit, or has reached it on the birthday."""
    limit, below = binding.quantity(expression.limit), expression.operator is Operator.BELOW
    return Plan(lambda case: _age(case, limit, below=below), _BIRTH)


def _age(case: Case, limit: Quantity, *, below: bool) -> Answer:
    births = [f for f in case.all_of("birth_date") if isinstance(f.value, PartialDate)]
    if not births or any([f.value != births[0].value for f in births[1:]]):
        return Answer(UNKNOWN, "age.no_birth_date", facts=ids(births), rank=0)
    born, facts = births[0].value, ids(births)
    assert isinstance(born, PartialDate)
    if not case.as_of.chosen and _is_shifted(case, born):
        return Answer(UNKNOWN, "age.dates_beyond_today", facts=facts, rank=2)
    if born.last > case.on:
        return Answer(UNKNOWN, "age.born_later", facts=facts, rank=2)
    least, most = _years(born.last, case.on), _years(born.first, case.on)
    age: FindingValue = Quantity(least, YEAR) if least == most else f"{least} or {most} years"
    values: dict[str, FindingValue] = {"value": age, "limit": limit, "since": born}
    if least < limit.value <= most:
        return Answer(UNKNOWN, "age.imprecise", values, facts, 2)
    verdict = MET if (most < limit.value) is below else NOT_MET
    return Answer(verdict, "age.known", values, facts, 3)


def _is_shifted(case: Case, born: PartialDate) -> bool:
    """Whether the record holds days after today: it was shifted, and no age can be told."""
    return born.first > case.on or any(
        entry_of(f).first > case.on for f in case.facts if f.status != "planned" and f.kind in CLINICAL
    )


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def bind_not_male(binding: Binding, expression: NotMale) -> Plan:
    """Bind the question whether pregnancy can concern the person.

    Not so only where the record states the sex as male and holds no pregnancy; female, other, unknown
    and silence all ask.
    Age is never used to guess.
    """
    evidence = expression.shown_by
    return Plan(lambda case: _is_not_male(case, evidence), evidence | {"sex"})


def _is_not_male(case: Case, evidence: frozenset[str]) -> Answer:
    stated = [e for e in map(entry_of, case.all_of("sex")) if e.first <= case.on]
    words = {e.fact.value for e in stated}
    facts = ids([e.fact for e in stated])
    shown = [e.fact for concept in evidence & case.concepts for e in case.entries(concept)]
    if any([fact.presence is not ABSENT and fact.value is not False for fact in shown]):
        return Answer(MET, "sex.shown", facts=ids(shown), rank=0)
    if words == {"male"}:
        return Answer(NOT_MET, "sex.male", facts=facts)
    if words == {"female"}:
        return Answer(MET, "sex.female", facts=facts, rank=0)
    if words:
        values = {"stated": ", ".join(sorted(str(word) for word in words))}
        return Answer(UNKNOWN, "sex.not_settled", values, facts, 0)
    return Answer(UNKNOWN, "sex.unknown", facts=facts, rank=0)
