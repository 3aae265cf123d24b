"""Stages, advice, dates and facts in the words of the clinic's screens."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.content.release import load_release
from kairos.domain.eligibility.decision import Decision
from kairos.domain.rules.target import Indication, Route, Setting
from kairos.vocab.facts import Fact, FactKind, FactValue, OriginKind, Presence, Understanding
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity
from kairos.vocab.stages import Stage
from kairos.vocab.verdict import Advice, Verdict

STAGE_WORDS: dict[str, Promise] = {
    Stage.SCREENING: gettext_lazy("Screening"),
    Stage.ELIGIBLE: gettext_lazy("May start, signed"),
    Stage.IN_COURSE: gettext_lazy("In a course"),
    Stage.FOLLOW_UP: gettext_lazy("Follow-up"),
    Stage.FINISHED: gettext_lazy("Finished"),
    Stage.NOT_NOW: gettext_lazy("Not now"),
    Stage.REFERRED: gettext_lazy("Referred"),
    Stage.DECLINED: gettext_lazy("Not taken on"),
}
ADVICE_WORDS: dict[Advice, Promise] = {
    Advice.MAY_PROCEED: gettext_lazy("Nothing speaks against it"),
    Advice.NEEDS_REVIEW: gettext_lazy("Needs review"),
    Advice.EXCLUDED: gettext_lazy("Excluded"),
    Advice.INCOMPLETE: gettext_lazy("Questions open"),
}
VERDICT_WORDS: dict[Verdict | None, Promise] = {
    Verdict.MET: gettext_lazy("nothing against"),
    Verdict.NOT_MET: gettext_lazy("speaks against"),
    Verdict.UNKNOWN: gettext_lazy("not known"),
    None: gettext_lazy("not asked"),
}
DECISION_WORDS: dict[str, Promise] = {
    Decision.START: gettext_lazy("Start"),
    Decision.NOT_NOW: gettext_lazy("Not now"),
    Decision.REFER: gettext_lazy("Refer"),
    Decision.NO: gettext_lazy("No"),
}
INDICATION_WORDS: dict[str, Promise] = {
    Indication.TRD: gettext_lazy("Depression"),
    Indication.MDSI: gettext_lazy("Depression with acute suicidality"),
    Indication.ANXIETY: gettext_lazy("Anxiety"),
    Indication.BIPOLAR: gettext_lazy("Bipolar depression"),
    Indication.PTSD: gettext_lazy("Post-traumatic stress"),
    Indication.OCD: gettext_lazy("Obsessive-compulsive disorder"),
    Indication.PAIN: gettext_lazy("Chronic pain"),
}
ROUTE_WORDS: dict[str, Promise] = {
    Route.IV: gettext_lazy("IV"),
    Route.IM: gettext_lazy("IM"),
    Route.NASAL: gettext_lazy("Racemic nasal spray"),
    Route.ESKETAMINE: gettext_lazy("Esketamine nasal spray"),
    Route.ORAL: gettext_lazy("Oral"),
    Route.SUBLINGUAL: gettext_lazy("Sublingual"),
}
SETTING_WORDS: dict[str, Promise] = {
    Setting.CLINIC: gettext_lazy("in the clinic"),
    Setting.HOME: gettext_lazy("at home"),
}
KIND_WORDS: dict[str, Promise] = {
    FactKind.CONDITION: gettext_lazy("Conditions"),
    FactKind.MEDICATION: gettext_lazy("Medicines"),
    FactKind.ALLERGY: gettext_lazy("Allergies"),
    FactKind.PROCEDURE: gettext_lazy("Procedures"),
    FactKind.VITAL: gettext_lazy("Vital signs"),
    FactKind.LABORATORY: gettext_lazy("Laboratory"),
    FactKind.SCORE: gettext_lazy("Scores"),
    FactKind.ANSWER: gettext_lazy("Answers"),
    FactKind.ENCOUNTER: gettext_lazy("Visits"),
    FactKind.DEMOGRAPHIC: gettext_lazy("Who this is"),
}
ORIGIN_WORDS: dict[str, Promise] = {
    OriginKind.RECORD: gettext_lazy("record"),
    OriginKind.PERSON: gettext_lazy("entered here"),
    OriginKind.TEST: gettext_lazy("test"),
    OriginKind.DEVICE: gettext_lazy("device"),
    OriginKind.CONFIRMED_LIST: gettext_lazy("list confirmed here"),
}
_UNITS = {
    "1": "",
    "mm[Hg]": "mmHg",
    "/min": gettext_lazy("per min"),
    "Cel": "°C",
    "kg/m2": "kg/m²",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "m[IU]/L": "mIU/L",
    "mg/d": gettext_lazy("mg a day"),
}
_MONTHS = (
    gettext_lazy("Jan"),
    gettext_lazy("Feb"),
    gettext_lazy("Mar"),
    gettext_lazy("Apr"),
    gettext_lazy("May"),
    gettext_lazy("Jun"),
    gettext_lazy("Jul"),
    gettext_lazy("Aug"),
    gettext_lazy("Sep"),
    gettext_lazy("Oct"),
    gettext_lazy("Nov"),
    gettext_lazy("Dec"),
)


def unit_words(unit: str) -> str:
    """Return a unit as people write it."""
    return str(_UNITS.get(unit, unit))


def day_words(day: PartialDate | date | datetime | None) -> str:
    """Return a date with its month's name, in the precision it has."""
    if day is None:
        return _("date unknown")
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    parts = day if isinstance(day, PartialDate) else PartialDate.of(day)
    words = [str(parts.day or ""), str(_MONTHS[parts.month - 1]) if parts.month else "", str(parts.year)]
    return " ".join(word for word in words if word)


def age_on(born_on: PartialDate | None, day: date) -> int | None:
    """Return the age in whole years; nothing where the birth date does not say it, or lies ahead."""
    if born_on is None or born_on.last > day or born_on.first != born_on.last:
        return None
    born = born_on.first
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def concept_words(concept: str) -> str:
    """Return a concept as words; a measurement by its name in the content."""
    measurement = load_release().concepts.measurement(concept)
    if measurement is not None and measurement.name:
        return measurement.name
    words = concept.removeprefix("question.").replace("list.", "").replace("_", " ").replace(".", " ")
    words = words.replace("cssrs", "C-SSRS")
    return words[:1].upper() + words[1:]


def value_words(value: FactValue) -> str:
    """Return the value of a fact as words."""
    match value:
        case Quantity():
            return f"{round(value.value, 2):g} {unit_words(value.unit)}".strip()
        case bool():
            return _("positive") if value else _("negative")
        case PartialDate():
            return day_words(value)
        case None:
            return ""
    return str(getattr(value, "display", value))


def fact_title(fact: Fact) -> str:
    """Return what a fact is about, as its source says it."""
    if fact.code is not None and fact.code.display.strip():
        return fact.code.display.strip()
    if fact.concept == "treatment_trial":
        return concept_words(str(fact.details.get("treatment", "")))
    if fact.code is not None and not fact.concept:
        return _("Code %(code)s") % {"code": fact.code.code}
    return concept_words(fact.concept) or _("Entry without words")


def fact_day(fact: Fact) -> str:
    """Return when it was so, as far as the source says."""
    since = day_words(fact.true_from or fact.true_at or fact.recorded_at)
    return f"{since} – {day_words(fact.true_until)}" if fact.true_until else since


def fact_notes(fact: Fact) -> str:
    """Return how far a fact counts, where it does not count as it stands."""
    if fact.understanding is Understanding.IMPLAUSIBLE:
        return _("cannot be; kept, not used")
    if fact.understanding is Understanding.NOT_UNDERSTOOD:
        return _("not understood")
    if fact.presence is Presence.ABSENT:
        return _("stated not to be so")
    if fact.presence is Presence.NOT_SURE:
        return _("not sure")
    if fact.concept.startswith("list."):
        return _("the list is complete")
    is_yes = fact.kind is FactKind.ANSWER and fact.value is None
    return fact.status or (_("stated to be so") if is_yes else "")


def chip_words(fact: Fact) -> str:
    """Return a fact in the few words of a chip."""
    parts = (fact_title(fact), value_words(fact.value), fact_day(fact), fact_notes(fact))
    return ", ".join(part for part in parts if part)
