"""People made up for the rules themselves: seeded, so that every run asks the same of the same people.

Each person is made around a few rules: every leaf of these gets facts that affirm it, deny it, leave it open
or say nothing, on days at and beside the limits that the leaf has. The rest is noise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from kairos.domain.rules.evaluation import Binding, count_of, presences_of, reading_of
from kairos.domain.rules.expression import (
    Age,
    AllOf,
    AnyOf,
    BodyMass,
    Compare,
    CountOf,
    Expression,
    Has,
    HasDied,
    Lacks,
    MeanPressure,
    NoneTried,
    Not,
    NotMale,
    Operator,
    TooFewFailed,
    Unless,
)
from kairos.domain.rules.presence import Tense
from kairos.domain.rules.rule import Rule
from kairos.vocab.facts import Fact, FactKind, Origin, OriginKind, Presence, Understanding
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity

_STATUSES = ("active", "", "resolved", "completed", "stopped", "recurrence", "planned", "on-hold", "final")
_UNDERSTANDINGS = (
    *[Understanding.EXACT] * 7,
    Understanding.BROADER,
    Understanding.NOT_UNDERSTOOD,
    Understanding.IMPLAUSIBLE,
)
_PRESENCES = (*[Presence.PRESENT] * 6, Presence.ABSENT, Presence.NOT_SURE)
_ORIGINS = tuple(OriginKind)
_UNITS = ("mg/dL", "1", "kg", "mm[Hg]")
_COMPARATORS = ("", "", "", "<", ">", "<=", ">=")
_WAYS = (
    ("so", "so", "denied", "denied", "anything", "silent"),
    ("denied", "denied", "denied", "denied", "anything"),
    ("so", "so", "so", "so", "so", "denied"),
    ("anything",),
)


@dataclass(slots=True)
class PeopleMaker:
    """Makes people around rules, as of a day."""

    rules: Sequence[Rule]
    binding: Binding
    on: date
    seed: int = 1
    rules_a_person: int = 3

    def people(self, count: int) -> Iterator[tuple[str, list[Fact]]]:
        """Yield so many people, each with an id and facts."""
        for number in range(count):
            yield f"person-{number:05d}", _Person(self, Random(f"{self.seed}-{number}"), number).facts()


class _Person:
    def __init__(self, maker: PeopleMaker, chance: Random, number: int) -> None:
        self.maker, self.chance, self.number = maker, chance, number
        self.made: list[Fact] = []
        self.on = maker.on
        self.ways = chance.choice(_WAYS)

    def facts(self) -> list[Fact]:
        chance = self.chance
        if chance.random() < 0.5:
            self.on = self.maker.on - timedelta(days=chance.randrange(3000))
            self._add("record_entry", FactKind.ENCOUNTER, true_from=PartialDate.of(self.on))
        if chance.random() < 0.3:
            for kind in chance.sample(list(FactKind), 3):
                self._confirm(f"list.{kind}")
        aim = chance.choice((True, False, None))
        for rule in self._some_rules():
            for grade in rule.grades:
                self._about(grade.speaks_against, aim)
            aim = None
        if chance.random() < 0.2:
            self._noise()
        chance.shuffle(self.made)
        return self.made

    def _some_rules(self) -> list[Rule]:
        rules = self.maker.rules
        first = rules[self.number % len(rules)]
        return [first, *self.chance.sample(list(rules), self.maker.rules_a_person - 1)]

    def _about(self, expression: Expression, aim: bool | None) -> None:
        """Add facts about each leaf; with an aim, such that the expression is so, or is not so."""
        match expression:
            case AnyOf() | AllOf():
                for part in expression.parts:
                    self._about(part, aim)
            case Not() | Unless():
                self._about(expression.part, None if aim is None else not aim)
            case Has():
                self._has(expression, aim)
            case Compare():
                self._reading(expression, aim)
            case CountOf():
                self._count(expression)
            case _:
                self._word(expression)

    def _word(self, expression: Expression) -> None:
        match expression:
            case Age():
                self._born(expression)
            case HasDied():
                self._died()
            case NotMale():
                self._sex(expression)
            case MeanPressure():
                self._pressures(expression)
            case BodyMass():
                self._body(expression)
            case Lacks():
                self._tests(expression)
            case TooFewFailed() | NoneTried():
                self._ledger(expression)

    def _has(self, leaf: Has, aim: bool | None) -> None:
        asked = presences_of(self.maker.binding, leaf)
        limits = [asked.fresh, asked.lasting, asked.window, *([asked.lasts] if asked.lasts else [])]
        way = self.chance.choice(self.ways) if aim is None else ("so" if aim else "denied")
        concepts = sorted(asked.concepts)
        if way == "so":
            since = self._since(asked.tense, asked.window)
            self._add(self.chance.choice(concepts), leaf.kind, status="active", true_from=since)
        elif way == "denied":
            denied = concepts if self.chance.random() < 0.2 and len(concepts) < 5 else [leaf.asked_as]
            for concept in denied:
                self._deny(concept, self._day([asked.fresh]) if aim is None else self.on)
        elif way == "anything":
            for _ in range(self.chance.randrange(1, 4)):
                self._anything(self.chance.choice(concepts), leaf.kind, self._day(limits))

    def _since(self, tense: Tense, window: timedelta) -> PartialDate:
        beyond = window.days + 1 if tense is Tense.EARLIER else 0
        within = max(window.days, 1) if tense is Tense.WITHIN else 300
        return PartialDate.of(self.on - timedelta(days=beyond + self.chance.randrange(within)))

    def _day(self, limits: Sequence[timedelta]) -> date:
        """Return a day at, beside or far from a limit."""
        length = self.chance.choice([timedelta(0), *limits])
        beside = self.chance.choice((-1, 0, 0, 1, 30, 400))
        return self.on - length + timedelta(days=-beside)

    def _partial(self, day: date) -> PartialDate | None:
        kind = self.chance.random()
        if kind < 0.75:
            return PartialDate.of(day)
        if kind < 0.85:
            return PartialDate(day.year, day.month)
        return PartialDate(day.year) if kind < 0.93 else None

    def _anything(self, concept: str, kind: FactKind, day: date) -> None:
        chance = self.chance
        parts = {}
        if chance.random() < 0.25:
            parts["true_until"] = self._partial(day + timedelta(days=chance.randrange(500)))
        if chance.random() < 0.4:
            parts["recorded_at"] = _noon(day + timedelta(days=chance.randrange(-5, 60)))
        if chance.random() < 0.2:
            parts["true_at"] = _noon(day)
        if chance.random() < 0.2:
            parts["value"] = chance.choice((True, False, Quantity(0, "1"), Quantity(2, "1")))
        if self.made and chance.random() < 0.1:
            parts["details"] = {"refutes": " ".join(f.id for f in self.made[-2:])}
            kind = FactKind.ANSWER
        self._add(
            concept,
            chance.choice((kind, kind, FactKind.ANSWER)),
            presence=chance.choice(_PRESENCES),
            understanding=chance.choice(_UNDERSTANDINGS),
            status=chance.choice(_STATUSES),
            true_from=self._partial(day),
            origin=chance.choice(_ORIGINS),
            **parts,
        )

    def _deny(self, concept: str, day: date) -> None:
        self._add(
            concept,
            FactKind.ANSWER,
            presence=Presence.ABSENT,
            true_from=PartialDate.of(day),
            recorded_at=_noon(day),
            origin=OriginKind.PERSON,
        )

    def _confirm(self, concept: str) -> None:
        day = self.on - timedelta(days=self.chance.choice((0, 10, 200)))
        origin = self.chance.choice((OriginKind.CONFIRMED_LIST, OriginKind.CONFIRMED_LIST, OriginKind.RECORD))
        self._add(
            concept, FactKind.ANSWER, true_from=PartialDate.of(day), recorded_at=_noon(day), origin=origin
        )

    def _reading(self, leaf: Compare, aim: bool | None) -> None:
        reading = reading_of(self.maker.binding, leaf)
        if aim is not None:
            upward = leaf.operator in (Operator.ABOVE, Operator.AT_LEAST)
            value = reading.limit.value * (1.5 if upward is aim else 0.5)
            self._measure(leaf.concept, value, reading.limit.unit, self.on)
            if self._sometimes():
                beyond = reading.limit.value * self.chance.choice((0.5, 1.0, 1.5))
                self._measure(leaf.concept, beyond, reading.limit.unit, None)
            return
        for _ in range(self.chance.choice((0, 1, 1, 2))):
            near = reading.limit.value * self.chance.choice((0.5, 0.9, 1.0, 1.0, 1.1, 2.0))
            self._measure(leaf.concept, near, reading.limit.unit, self._day([reading.max_age]))
        if self._sometimes():
            near = reading.limit.value * self.chance.choice((0.5, 1.0, 1.0, 2.0))
            self._measure(leaf.concept, near, reading.limit.unit, None)

    def _sometimes(self) -> bool:
        return self.chance.random() < 0.15

    def _measure(self, concept: str, value: float, unit: str, day: date | None, **parts) -> None:
        chance = self.chance
        odd = chance.random() < 0.15
        dated = {
            "true_from": None if day is None else self._partial(day) if odd else PartialDate.of(day),
            "true_at": _noon(day) if day is not None and chance.random() < 0.5 else None,
        }
        details = {"comparator": c} if odd and (c := chance.choice(_COMPARATORS)) else {}
        self._add(
            concept,
            FactKind.LABORATORY,
            value=Quantity(value, chance.choice(_UNITS) if odd else unit),
            understanding=chance.choice(_UNDERSTANDINGS) if odd else Understanding.EXACT,
            presence=chance.choice(_PRESENCES) if odd else Presence.PRESENT,
            details=details,
            **dated,
            **parts,
        )

    def _count(self, leaf: CountOf) -> None:
        count = count_of(self.maker.binding, leaf)
        for _ in range(self.chance.randrange(count.at_least + 2)):
            self._add(leaf.concept, FactKind.ANSWER, true_from=self._partial(self._day([count.window])))

    def _born(self, leaf: Age) -> None:
        years = round(self.maker.binding.quantity(leaf.limit).value)
        beside = timedelta(days=self.chance.choice((-4000, -1, 0, 1, 30, 4000)))
        born = self.on.replace(year=self.on.year - years, day=1) + beside
        for _ in range(self.chance.choice((0, 1, 1, 1, 2))):
            self._add("birth_date", FactKind.DEMOGRAPHIC, value=self._partial(born))

    def _died(self) -> None:
        for _ in range(self.chance.choice((0, 0, 1, 1, 2))):
            self._add(
                "deceased",
                FactKind.DEMOGRAPHIC,
                presence=self.chance.choice((Presence.ABSENT, *_PRESENCES)),
                understanding=self.chance.choice(_UNDERSTANDINGS),
                true_from=self._partial(self._day([])),
            )

    def _sex(self, leaf: NotMale) -> None:
        for _ in range(self.chance.choice((0, 1, 1, 1, 2))):
            word = self.chance.choice(("male", "female", "female", "other"))
            self._add("sex", FactKind.DEMOGRAPHIC, value=word)
        if self.chance.random() < 0.2:
            self._anything(self.chance.choice(sorted(leaf.shown_by)), FactKind.CONDITION, self._day([]))

    def _pressures(self, leaf: MeanPressure) -> None:
        systolic = self.maker.binding.quantity(leaf.systolic).value
        diastolic = self.maker.binding.quantity(leaf.diastolic).value
        window = self.maker.binding.duration(leaf.window)
        for number in range(self.chance.choice((0, 1, 2, 2, 3, 4))):
            day = self._day([window]) if self.chance.random() < 0.3 else self.on - timedelta(days=number)
            left_out = self.chance.choice(("systolic_bp", "diastolic_bp")) if self._sometimes() else ""
            day = None if self.chance.random() < 0.1 else day
            high = systolic + self.chance.choice((-30, -20, -1, 0, 1, 10))
            low = diastolic + self.chance.choice((-30, -20, -1, 0, 1, 10, 90))
            group = f"reading-{self.number}-{len(self.made)}"
            for concept, value in (("systolic_bp", high), ("diastolic_bp", low), ("diastolic_bp", low - 5)):
                if concept != left_out and self.chance.random() < (0.98 if value != low - 5 else 0.05):
                    self._measure(concept, value, "mm[Hg]", day, group=group)

    def _body(self, leaf: BodyMass) -> None:
        ages = [self.maker.binding.duration(leaf.max_age), self.maker.binding.duration(leaf.height_max_age)]
        for concept, unit, values in (
            ("body_weight", "kg", (60, 90, 120, 140)),
            ("body_height", "cm", (150, 170, 190)),
            ("body_mass_index", "kg/m2", (22, 34.9, 35, 40, 45)),
        ):
            for _ in range(self.chance.choice((0, 1, 1, 2))):
                day = self._day(ages) if self.chance.random() < 0.3 else self.on
                self._measure(concept, self.chance.choice(values), unit, None if self._sometimes() else day)

    def _tests(self, leaf: Lacks) -> None:
        max_age = self.maker.binding.duration(leaf.max_age)
        likely = self.chance.choice((0.5, 1.0))
        for alternatives in leaf.tests:
            if self.chance.random() < likely:
                day = self._day([max_age]) if self.chance.random() < 0.1 else self.on
                self._measure(self.chance.choice(alternatives), 1.0, "mg/dL", day)

    def _ledger(self, leaf: TooFewFailed | NoneTried) -> None:
        chance = self.chance
        if chance.random() < 0.5:
            self._confirm("list.treatment_trial")
        if chance.random() < 0.2:
            self._deny("treatment_trial", self.on)
        drugs = sorted(frozenset().union(*(self.maker.binding.drugs(name) for name in leaf.classes)))
        for _ in range(chance.choice((0, 0, 1, 2, 3))):
            self._trial(chance.choice(drugs))
        for _ in range(chance.choice((0, 0, 0, 1))):
            dose = {"daily_dose": Quantity(chance.choice((5, 500)), "mg/d")}
            self._add(
                chance.choice(drugs),
                FactKind.MEDICATION,
                status=chance.choice(_STATUSES),
                true_from=self._partial(self.on - timedelta(days=chance.randrange(300))),
                true_until=self._partial(self.on + timedelta(days=chance.randrange(-200, 50))),
                details=dose,
            )

    def _trial(self, drug: str) -> None:
        chance = self.chance
        is_talk = chance.random() < 0.25
        day = self.on - timedelta(days=chance.choice((10, 27, 28, 42, 56, 90, 400)))
        parts = {
            "treatment": "talk" if is_talk else drug,
            "type": "talk_therapy" if is_talk else "",
            "completed": chance.choice(("yes", "yes", "no")),
            "episode": chance.choice(("current", "current", "earlier")),
            "form": chance.choice(("", "", "cr", "patch")),
            "daily_dose": Quantity(chance.choice((1, 500, 500, 500)), chance.choice(("mg/d", "mg/d", "mg"))),
            "improvement": Quantity(chance.choice((5, 10, 24.9, 25, 50)), "%"),
            "about": self.made[-1].id if self.made else "",
        }
        kept = {name: value for name, value in parts.items() if value != "" and chance.random() < 0.95}
        ended = self._partial(self.on - timedelta(days=chance.choice((0, 1, 5))))
        self._add(
            "treatment_trial",
            FactKind.ANSWER,
            status=chance.choice(("active", "completed")),
            true_from=self._partial(day),
            true_until=ended if chance.random() < 0.7 else None,
            details=kept,
        )

    def _noise(self) -> None:
        kind = self.chance.choice(list(FactKind))
        self._add(
            "", kind, understanding=Understanding.NOT_UNDERSTOOD, true_from=self._partial(self._day([]))
        )
        later = self.on + timedelta(days=self.chance.choice((0, 5)))
        self._add("other_procedure", FactKind.PROCEDURE, true_from=PartialDate.of(later))

    def _add(self, concept: str, kind: FactKind, *, origin: OriginKind = OriginKind.RECORD, **parts) -> None:
        name = f"{self.number}-{len(self.made)}"
        self.made.append(Fact(id=name, kind=kind, concept=concept, origin=Origin(origin, name), **parts))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
