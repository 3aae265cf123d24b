"""A treatment protocol as the content draws it: what is checked, watched, done, and asked before release.

Numbers stand in the parameter book; here stand the questions, which answers pass, who is called and
what the cards say. All of it is data, so that a change of practice is a change of content.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from kairos.domain.protocols.course import CourseTemplate
from kairos.domain.protocols.dose_rules import (
    AN_INFUSION,
    USUAL_BASELINE,
    Baseline,
    CountsFrom,
    DoseRules,
    TimedReading,
)
from kairos.domain.protocols.walk import Walk
from kairos.vocab.errors import Missing
from kairos.vocab.people import Role
from kairos.vocab.verdict import Severity


class AlarmLevel(IntEnum):
    """How grave an alarm is; a larger number outranks a smaller."""

    CAUTION = 1
    URGENT = 2
    EMERGENCY = 3

    @property
    def word(self) -> str:
        """The name as texts and payloads write it."""
        return self.name.lower()


class CheckKind(StrEnum):
    """How a same-day item is answered: one of its words, or the instant something last happened.

    ``LOOKED_UP`` is one of its words too, found by the program and answered by nobody.
    """

    CHOICE = "choice"
    SINCE = "since"
    LOOKED_UP = "looked_up"


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One item of the same-day check.

    ``answers`` maps each possible answer to the severity it raises; None passes. A ``SINCE`` item is
    answered with an instant (or ``never``) and passes when ``least`` (a parameter id) has gone by; where not
    even ``graver_least`` has, ``graver_fails`` stands in place of ``fails``. ``by`` are the roles that may
    answer; where it is empty, all who may answer the check at all.
    """

    id: str
    ref: str
    kind: CheckKind
    text: str
    sources: tuple[str, ...]
    answers: Mapping[str, Severity | None]
    least: str = ""
    fails: Severity | None = None
    graver_least: str = ""
    graver_fails: Severity | None = None
    by: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class ReleaseItem:
    """One criterion of release that a person sees and records; ``answers`` says which words meet it."""

    id: str
    ref: str
    text: str
    sources: tuple[str, ...]
    answers: Mapping[str, bool]
    can_be_overridden: bool


@dataclass(frozen=True, slots=True)
class SymptomDefinition:
    """One coded symptom: whether it alone is an emergency, and what it does to other rules.

    ``is_call`` marks the one that stands for somebody pressing Emergency; nobody is asked for it.
    """

    code: str
    text: str
    is_emergency: bool = False
    counts_with_pressure: bool = False
    is_arrhythmia: bool = False
    is_vomiting: bool = False
    is_distress: bool = False
    is_unsteady: bool = False
    is_call: bool = False


@dataclass(frozen=True, slots=True)
class CardStep:
    """One step of a do-now card. ``done_by`` names the event types that fulfil it, if any do."""

    id: str
    text: str
    done_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DoNowCard:
    """What to do now, in order, and the *if* that makes it an emergency."""

    id: str
    version: int
    title: str
    steps: tuple[CardStep, ...]
    emergency_if: str


@dataclass(frozen=True, slots=True)
class AlarmRule:
    """What happens when a rule of watching is not met: how grave, who, by when, and with which card.

    ``outranks`` names the rules that fall silent while this one fires. ``call`` are the roles in the
    order they are called. ``stops`` says that nothing more is given while this holds. Where every rung of
    the ladder has its own time or deed, ``answers`` and ``deeds`` hold one a role of ``call``.
    """

    rule: str
    ref: str
    level: AlarmLevel
    call: tuple[Role, ...]
    answer_within: str
    card: str
    promise: str
    outranks: tuple[str, ...] = ()
    stops: bool = False
    sources: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()

    def answer_at(self, step: int) -> str:
        """Return the parameter that says how soon the person on one rung must answer."""
        return self.answers[min(step, len(self.answers) - 1)] if self.answers else self.answer_within

    def deed_at(self, step: int) -> str:
        """Return what the person on one rung is asked to do; empty where it is to come to the chair."""
        return self.deeds[min(step, len(self.deeds) - 1)] if self.deeds else ""


USUAL_COMPUTED = ("release.vitals", "release.sedation", "release.dissociation")
"""The criteria of release that follow from readings and ratings, where a protocol names no others."""


@dataclass(frozen=True, slots=True)
class TimeGate:
    """The least time before release: a parameter, and from when it is counted."""

    least: str = "release.iv_time_least"
    counts_from: CountsFrom = CountsFrom.END


@dataclass(frozen=True, slots=True)
class TreatmentProtocol:
    """One way of treating, version by version. Ids of texts lead to ``content/text``.

    ``limits`` maps the parameter that a rule asks for to the one that holds on this route. A protocol of a
    release from before there were steps has no ``walk`` and no ``timetable``; it is an infusion.
    """

    id: str
    version: int
    route: str
    name: str
    course: CourseTemplate
    checks: tuple[CheckItem, ...]
    release: tuple[ReleaseItem, ...]
    overridable: frozenset[str]
    symptoms: Mapping[str, SymptomDefinition]
    cards: Mapping[str, DoNowCard]
    alarms: Mapping[str, AlarmRule]
    setting: str = "clinic"
    walk: Walk | None = None
    dose: DoseRules = AN_INFUSION
    baseline: Baseline = USUAL_BASELINE
    timetable: tuple[TimedReading, ...] = ()
    time_gate: TimeGate = TimeGate()
    computed: tuple[str, ...] = USUAL_COMPUTED
    limits: Mapping[str, str] = field(default_factory=dict)

    @property
    def limits_named(self) -> Mapping[str, str]:
        """Which parameter holds in place of the one that a rule asks for."""
        return {"release.time_least": self.time_gate.least, **self.limits}

    def alarm_rule(self, rule: str) -> AlarmRule:
        """Return what the content says about one rule of watching.

        Raises
        ------
        Missing    the protocol does not know the rule
        """
        found = self.alarms.get(rule)
        if found is None:
            raise Missing(f"protocol {self.id} version {self.version} has no alarm for {rule}")
        return found

    def symptoms_that(self, quality: str) -> frozenset[str]:
        """Return the codes whose definition has a quality, such as ``is_emergency``."""
        return frozenset(code for code, each in self.symptoms.items() if getattr(each, quality))
