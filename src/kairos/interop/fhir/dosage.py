"""Dosage: what is stated of dose and frequency, and the daily amount where it follows without guessing."""

from kairos.interop.fhir.elements import Json, child, children, number, text
from kairos.interop.fhir.understanding import Details, Reader, details
from kairos.vocab.quantities import MILLIGRAM, Quantity

_DAYS_OF = {"h": 1 / 24, "d": 1.0, "wk": 7.0}
_DAILY_UNIT = "mg/d"
_COUNTED = ("", "1", "{tbl}", "{capsule}")


def dosage_details(resource: Json, reader: Reader, strength: Quantity | None) -> Details:
    """Return strength, dose, times a day, mg a day and the wording, as far as they are stated.

    ``daily_dose`` needs one single dosage instruction with an amount, a frequency and, for counted
    tablets, a strength in mg that the content knows; anything less leaves it out.
    """
    instructions = children(resource, "dosageInstruction") or children(resource, "dosage")
    if not instructions:
        return details(strength=strength)
    first = instructions[0]
    dose = _dose(first, reader)
    times = _times_per_day(first)
    daily = _daily(dose, times, strength) if len(instructions) == 1 and not _as_needed(first) else None
    return details(
        strength=strength,
        dose=dose,
        times_per_day=f"{times:g}" if times else "",
        daily_dose=daily,
        dosage_text=text(first, "text"),
        as_needed="yes" if _as_needed(first) else "",
    )


def _dose(instruction: Json, reader: Reader) -> Quantity | None:
    rates = children(instruction, "doseAndRate")
    held = child(rates[0] if rates else instruction, "doseQuantity")
    value = number(held, "value")
    if value is None or value <= 0:
        return None
    written = text(held, "code") or text(held, "unit")
    unit = reader.concepts.unit(written) if written else "1"
    return Quantity(value, unit) if unit else None


def _times_per_day(instruction: Json) -> float | None:
    repeat = child(instruction, "timing", "repeat")
    frequency = number(repeat, "frequency")
    period = number(repeat, "period")
    days = _DAYS_OF.get(text(repeat, "periodUnit"))
    if frequency is None or not period or days is None or repeat.get("frequencyMax") is not None:
        return None
    return frequency / (period * days)


def _daily(dose: Quantity | None, times: float | None, strength: Quantity | None) -> Quantity | None:
    if dose is None or not times:
        return None
    if dose.unit == MILLIGRAM:
        return Quantity(round(dose.value * times, 6), _DAILY_UNIT)
    if dose.unit in _COUNTED and strength is not None and strength.unit == MILLIGRAM:
        return Quantity(round(dose.value * times * strength.value, 6), _DAILY_UNIT)
    return None


def _as_needed(instruction: Json) -> bool:
    return instruction.get("asNeededBoolean") is True or bool(child(instruction, "asNeededCodeableConcept"))
