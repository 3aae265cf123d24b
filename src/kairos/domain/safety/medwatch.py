"""An adverse event in the blocks of Form FDA 3500A (edition of October 2005: sections A, B, C and E).

Each block holds what the record says, or nothing. Nothing is inferred: that a reaction went away when a dose
was over says nothing of a drug stopped because of it, so such blocks stay empty and are named so. The report
is a draft for whoever files it; a person sends it, on the form that is in force then.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from kairos.domain.safety.adverse_events import AdverseEvent, Criterion

_B2 = {
    Criterion.DEATH: "Death",
    Criterion.LIFE_THREATENING: "Life-threatening",
    Criterion.HOSPITALISATION: "Hospitalization - initial or prolonged",
    Criterion.DISABILITY: "Disability or permanent damage",
    Criterion.CONGENITAL_ANOMALY: "Congenital anomaly/birth defect",
    Criterion.IMPORTANT_MEDICAL_EVENT: "Other serious (important medical events)",
}
_SEXES = {"male": "Male", "female": "Female"}


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the form. ``value`` is empty where the record does not say; ``why`` says what lacks."""

    number: str
    name: str
    value: str
    why: str = ""

    @property
    def is_known(self) -> bool:
        """Whether anything is filled in."""
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class SuspectDose:
    """What was given in the session, as its entries say. Empty where they do not."""

    product: str = ""
    amount: str = ""
    route: str = ""
    given_on: date | None = None
    indication: str = ""
    lots: tuple[str, ...] = ()
    expiries: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a report is filled from. ``patient_code`` is a code of the clinic, never a name."""

    event: AdverseEvent
    term_words: str
    patient_code: str
    reported_on: date
    born_on: date | None = None
    sex: str = ""
    weight_kg: str = ""
    dose: SuspectDose = field(default_factory=SuspectDose)
    concomitants: tuple[str, ...] = ()
    list_is_known: bool = False
    history: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    site: str = ""
    reporter: str = ""
    occupation: str = ""


def medwatch_blocks(facts: ReportFacts) -> tuple[Block, ...]:
    """Return the blocks of the form in their order, each filled from the record, or empty and named so."""
    return (*_patient(facts), *_event(facts), *_suspect(facts), *_reporter(facts))


def open_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks that the record cannot fill: whoever files the report looks at them."""
    return tuple(block for block in blocks if not block.is_known)


def age_at(born_on: date, on: date) -> int:
    """Return whole years on a day."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _patient(facts: ReportFacts) -> tuple[Block, ...]:
    age = ""
    if facts.born_on is not None:
        age = f"{age_at(facts.born_on, facts.event.onset_on)} years; born {_day(facts.born_on)}"
    weight = f"{facts.weight_kg} kg" if facts.weight_kg else ""
    return (
        Block("A1", "Patient identifier", facts.patient_code),
        Block("A2", "Age at time of event, or date of birth", age, "no full birth date on record"),
        Block("A3", "Sex", _SEXES.get(facts.sex, ""), "not on record as male or female"),
        Block("A4", "Weight", weight, "no weight on record"),
    )


def _event(facts: ReportFacts) -> tuple[Block, ...]:
    event = facts.event
    outcomes = "; ".join(_B2[each] for each in Criterion if each in event.criteria)
    described = f"{facts.term_words}. {event.told}".strip()
    return (
        Block("B1", "Adverse event and/or product problem", "Adverse event"),
        Block("B2", "Outcomes attributed to adverse event", outcomes, "none of the criteria was ticked"),
        Block("B3", "Date of event", _day(event.onset_on)),
        Block("B4", "Date of this report", _day(facts.reported_on)),
        Block("B5", "Describe event or problem", described),
        Block(
            "B6", "Relevant tests/laboratory data, including dates", "; ".join(facts.tests), "none on record"
        ),
        Block("B7", "Other relevant history", "; ".join(facts.history), "no condition on record"),
    )


def _suspect(facts: ReportFacts) -> tuple[Block, ...]:
    dose = facts.dose
    given = ", ".join(part for part in (dose.amount, dose.route) if part)
    others = "; ".join(facts.concomitants)
    if not others and facts.list_is_known:
        others = "None, as the list of medicines was confirmed"
    no_session = "the event names no session"
    return (
        Block("C1", "Name (labeled strength and manufacturer/labeler)", dose.product, no_session),
        Block("C2", "Dose, frequency and route used", given, no_session),
        Block("C3", "Therapy dates", _day(dose.given_on) if dose.given_on else "", no_session),
        Block("C4", "Diagnosis for use (indication)", dose.indication, "not on record with the session"),
        Block("C5", "Event abated after use stopped or dose reduced", "", "not inferred; ask who treated"),
        Block("C6", "Lot #", ", ".join(dose.lots), "no lot was recorded with the dose"),
        Block("C7", "Exp. date", ", ".join(_day(each) for each in dose.expiries), "no expiry was recorded"),
        Block("C8", "Event reappeared after reintroduction", "", "not inferred; ask who treated"),
        Block("C9", "NDC # or unique ID", "", "not kept in this program"),
        Block(
            "C10",
            "Concomitant medical products and therapy dates",
            others,
            "the list is not known",
        ),
    )


def _reporter(facts: ReportFacts) -> tuple[Block, ...]:
    who = ", ".join(part for part in (facts.reporter, facts.site) if part)
    return (
        Block("E1", "Name and address", who, "address and telephone are added by who files it"),
        Block(
            "E2",
            "Health professional?",
            "Yes" if facts.occupation else "",
            "the role is not known",
        ),
        Block("E3", "Occupation", facts.occupation, "the role is not known"),
        Block("E4", "Initial reporter also sent report to FDA", "", "not known to this program"),
    )


def _day(on: date) -> str:
    """Write a day as the form asks for it: month, day, year."""
    return on.strftime("%m/%d/%Y")
