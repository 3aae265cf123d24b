"""Facts, briefly: what a record, a person or a test says of somebody, as rules read it."""

from datetime import UTC, date, datetime, time
from itertools import count

from kairos.content.release import load_release
from kairos.content.screening_criteria import shipped_criteria
from kairos.domain.eligibility.screening import DEFAULT_DEFINITIONS, Screening, screen
from kairos.domain.rules.target import DEFAULT_TARGET, Indication, Moment, Target
from kairos.vocab.codes import SNOMED, Code
from kairos.vocab.facts import AskedAsOf, Fact, FactKind, Origin, OriginKind, Presence, Understanding
from kairos.vocab.finding import Finding
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity

TODAY = date(2026, 6, 1)
_numbers = count(1)
_YES, _NO, _NOT_SURE = Presence.PRESENT, Presence.ABSENT, Presence.NOT_SURE


def fact(concept: str, kind: FactKind = FactKind.CONDITION, **parts) -> Fact:
    """Return a fact; ``since``, ``until`` and ``recorded`` may be texts."""
    number = next(_numbers)
    since, until, recorded = (parts.pop(name, None) for name in ("since", "until", "recorded"))
    origin = parts.pop("origin", OriginKind.RECORD)
    return Fact(
        id=parts.pop("id", f"fact-{number:05d}"),
        kind=kind,
        concept=concept,
        origin=Origin(origin, f"Entry/{number}"),
        true_from=PartialDate.parse(since) if since else None,
        true_until=PartialDate.parse(until) if until else None,
        recorded_at=at(recorded) if recorded else None,
        **parts,
    )


def at(day: str) -> datetime:
    """Return noon of a day."""
    return datetime.combine(date.fromisoformat(day), time(12), tzinfo=UTC)


def condition(concept: str, since: str = "2026-01-10", status: str = "active", **parts) -> Fact:
    """Return a diagnosis of the record."""
    code = parts.pop("code", Code(SNOMED, "0", concept.replace("_", " ")))
    return fact(concept, since=since, status=status, code=code, **parts)


def unread(kind: FactKind = FactKind.CONDITION) -> Fact:
    """Return an entry that nobody could understand."""
    return fact("", kind, since="2026-01-10", understanding=Understanding.NOT_UNDERSTOOD)


def broader(concept: str, **parts) -> Fact:
    """Return a diagnosis whose code covers the concept and more."""
    return condition(concept, understanding=Understanding.BROADER, **parts)


def answer(concept: str, presence: Presence, on: str = "2026-06-01", **parts) -> Fact:
    """Return what a person answered on a day."""
    return fact(
        concept,
        FactKind.ANSWER,
        presence=presence,
        since=on,
        recorded=on,
        origin=OriginKind.PERSON,
        **parts,
    )


def yes(concept: str, on: str = "2026-06-01", **parts) -> Fact:
    """Return the answer yes."""
    return answer(concept, _YES, on, **parts)


def no(concept: str, on: str = "2026-06-01", **parts) -> Fact:
    """Return the answer no."""
    return answer(concept, _NO, on, **parts)


def not_sure(concept: str, on: str = "2026-06-01", **parts) -> Fact:
    """Return the answer not sure."""
    return answer(concept, _NOT_SURE, on, **parts)


def drug(name: str, since: str = "2026-01-10", status: str = "active", **parts) -> Fact:
    """Return a medicine of the record."""
    return fact(name, FactKind.MEDICATION, since=since, status=status, **parts)


def confirmed(kind: FactKind | str, on: str = "2026-06-01") -> Fact:
    """Return a clinician's word that a list is complete."""
    return fact(f"list.{kind}", FactKind.ANSWER, since=on, recorded=on, origin=OriginKind.CONFIRMED_LIST)


def measured(concept: str, value: float, unit: str, on: str = "2026-05-30", **parts) -> Fact:
    """Return a reading or a laboratory value."""
    kind = parts.pop("kind", FactKind.LABORATORY)
    return fact(concept, kind, since=on, value=Quantity(value, unit), **parts)


def pressure(systolic: float, diastolic: float, on: str = "2026-05-30") -> list[Fact]:
    """Return both parts of one blood pressure reading."""
    group = f"reading-{next(_numbers)}"
    return [
        measured("systolic_bp", systolic, "mm[Hg]", on, kind=FactKind.VITAL, group=group),
        measured("diastolic_bp", diastolic, "mm[Hg]", on, kind=FactKind.VITAL, group=group),
    ]


def born(day: str) -> Fact:
    """Return a date of birth."""
    return fact("birth_date", FactKind.DEMOGRAPHIC, value=PartialDate.parse(day))


def sex(word: str) -> Fact:
    """Return the sex on record."""
    return fact("sex", FactKind.DEMOGRAPHIC, value=word)


def trial(
    treatment: str,
    dose: float | None = None,
    weeks: float | None = None,
    improvement: float | None = None,
    **details,
) -> Fact:
    """Return a clinician's entry of a treatment tried, ending on 2026-05-01."""
    found: dict[str, object] = {"treatment": treatment, "episode": "current", **details}
    if dose is not None:
        found["daily_dose"] = Quantity(dose, "mg/d")
    if improvement is not None:
        found["improvement"] = Quantity(improvement, "%")
    start = None
    if weeks is not None:
        start = date.fromordinal(date(2026, 5, 1).toordinal() - round(weeks * 7)).isoformat()
    return fact("treatment_trial", FactKind.ANSWER, since=start, until="2026-05-01", details=found)


def two_failed_trials() -> list[Fact]:
    """Return a ledger that shows resistance."""
    return [trial("sertraline", 50, 6, 10), trial("bupropion", 300, 8, 20), confirmed("treatment_trial")]


IN_PLACE = (
    *("support_person_present", "home_is_safe", "video_contact_possible", "blood_pressure_cuff_at_home"),
    *("prescriber_licensed_where_person_is", "examined_in_person", "off_label_reason_recorded"),
    *("bipolar_specialist_involved", "housing_is_stable", "support_between_sessions"),
    *("sleep_is_sufficient", "expectations_are_realistic"),
)


def every_answer_no(word: str = "female") -> list[Fact]:
    """Return somebody of 40 about whom everything is known and nothing speaks against a course."""
    release = load_release()
    states = [q.concept for q in release.questions.values() if q.form.form == "yes_no"]
    softening = {"no_childbearing_potential", "contraception_in_place", "deceased", "site_ready", *IN_PLACE}
    denied = [no(concept) for concept in dict.fromkeys(states) if concept not in softening]
    return [
        *denied,
        *two_failed_trials(),
        *pressure(118, 76, "2026-05-20"),
        *pressure(122, 78, "2026-05-28"),
        born("1986-01-15"),
        sex(word),
        no("deceased"),
        yes("contraception_in_place"),
        *[yes(concept) for concept in IN_PLACE],
        confirmed(FactKind.MEDICATION),
        confirmed(FactKind.CONDITION),
        measured("body_weight", 70, "kg", kind=FactKind.VITAL),
        measured("body_height", 172, "cm", kind=FactKind.VITAL),
        measured("oxygen_saturation", 98, "%", kind=FactKind.VITAL),
        measured("phq9_item9", 0, "1", kind=FactKind.SCORE),
        measured("alt", 22, "U/L"),
        measured("ast", 20, "U/L"),
        measured("creatinine", 0.8, "mg/dL"),
        measured("egfr", 96, "mL/min/{1.73_m2}"),
        measured("haemoglobin", 13.6, "g/dL"),
        measured("tsh", 1.8, "m[IU]/L"),
    ]


def without(facts: list[Fact], *concepts: str) -> list[Fact]:
    """Return the facts without those of some concepts."""
    return [f for f in facts if f.concept not in concepts]


def screened(
    facts: list[Fact],
    *,
    on: date = TODAY,
    chosen: bool = True,
    indication: Indication | None = None,
    target: Target = DEFAULT_TARGET,
    moment: Moment = Moment.SCREENING,
    definitions: frozenset[str] = DEFAULT_DEFINITIONS,
) -> Screening:
    """Return what the shipped rules answer."""
    asked = Target(indication=indication) if indication else target
    by = shipped_criteria(TODAY, asked, moment, definitions)
    return screen(facts, as_of=AskedAsOf(on, chosen=chosen), by=by)


def finding(result: Screening, rule: str) -> Finding:
    """Return the one finding of a rule."""
    (found,) = [f for f in result.findings if f.rule == rule]
    return found
