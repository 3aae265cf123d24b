"""The fields of the Patient Monitoring Form: which there are, which are required, who may fill them. 1.7."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kairos.vocab.errors import InvalidInput, Problem

YES, NO = "yes", "no"
RELEASED, LEFT, TRANSFERRED = "released", "left_against_advice", "transferred"


class FieldSource(StrEnum):
    """Where a value comes from: the person's chart, the session's entries, the site, or who signs."""

    CHART = "chart"
    SESSION = "session"
    SITE = "site"
    SIGNER = "signer"


class FieldKind(StrEnum):
    """What sort of value a field takes."""

    TEXT = "text"
    LONG = "long"
    YES_NO = "yes_no"
    MINUTES = "minutes"


class Answering(StrEnum):
    """Whether who signs may say it: never, where the record is silent, or in its place."""

    NEVER = "never"
    WHERE_SILENT = "where_silent"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field of the form. ``only_if`` names the field and value that make this one required."""

    id: str
    source: FieldSource
    kind: FieldKind = FieldKind.TEXT
    answering: Answering = Answering.NEVER
    is_required: bool = True
    only_if: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """What the record says for a field, and the entries of the session that say so."""

    value: str = ""
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of one form: its value, where that comes from, and whether it is required here."""

    shape: FieldShape
    value: str
    source: FieldSource
    entries: tuple[str, ...]
    is_required: bool

    @property
    def is_missing(self) -> bool:
        """Whether the form cannot be signed for want of it."""
        return self.is_required and not self.value


def _effect(name: str) -> tuple[FieldShape, ...]:
    session, judged, silent = FieldSource.SESSION, Answering.JUDGED, Answering.WHERE_SILENT
    seen = (name, YES)
    return (
        FieldShape(name, session, FieldKind.YES_NO, judged),
        FieldShape(f"{name}_onset_min", session, FieldKind.MINUTES, silent, only_if=seen),
        FieldShape(f"{name}_resolved_min", session, FieldKind.MINUTES, silent, only_if=seen),
        FieldShape(f"{name}_intervention", FieldSource.SIGNER, FieldKind.LONG, silent, is_required=False),
    )


CONCOMITANT: Mapping[str, frozenset[str]] = {
    "benzodiazepines": frozenset({"benzodiazepine"}),
    "sedative_hypnotics": frozenset({"z_drug", "sleep_aid", "barbiturate"}),
    "psychostimulants": frozenset({"psychostimulant"}),
    "maois": frozenset({"maoi"}),
    "opioids": frozenset({"opioid", "opioid_agonist_treatment"}),
}
"""Which classes of medicines each question of the form is about."""

SHAPES: tuple[FieldShape, ...] = (
    FieldShape("family_name", FieldSource.CHART),
    FieldShape("given_names", FieldSource.CHART),
    FieldShape("middle_initial", FieldSource.SIGNER, answering=Answering.WHERE_SILENT, is_required=False),
    FieldShape("born_on", FieldSource.CHART),
    FieldShape("sex", FieldSource.CHART, answering=Answering.WHERE_SILENT),
    FieldShape("first_treatment", FieldSource.CHART, FieldKind.YES_NO, Answering.JUDGED),
    FieldShape("already_enrolled", FieldSource.SESSION, FieldKind.YES_NO),
    *(FieldShape(each, FieldSource.CHART, FieldKind.YES_NO, Answering.JUDGED) for each in CONCOMITANT),
    FieldShape(
        "other_medicines", FieldSource.SIGNER, FieldKind.LONG, Answering.WHERE_SILENT, is_required=False
    ),
    FieldShape("hcp_name", FieldSource.SIGNER),
    FieldShape("hcp_phone", FieldSource.SIGNER, answering=Answering.WHERE_SILENT),
    FieldShape("hcp_email", FieldSource.SIGNER, answering=Answering.WHERE_SILENT, is_required=False),
    FieldShape("setting_name", FieldSource.SITE),
    FieldShape("setting_address", FieldSource.SIGNER, FieldKind.LONG, Answering.WHERE_SILENT),
    FieldShape("treatment_date", FieldSource.SESSION),
    FieldShape("dose_mg", FieldSource.SESSION),
    FieldShape("lot_number", FieldSource.SESSION),
    FieldShape("total_time_min", FieldSource.SESSION, FieldKind.MINUTES),
    FieldShape("outcome", FieldSource.SESSION),
    FieldShape(
        "ready_to_leave_min",
        FieldSource.SESSION,
        FieldKind.MINUTES,
        Answering.JUDGED,
        only_if=("outcome", RELEASED),
    ),
    FieldShape("vitals_acceptable_before", FieldSource.SESSION, FieldKind.YES_NO, Answering.JUDGED),
    FieldShape("vitals_acceptable_at_end", FieldSource.SESSION, FieldKind.YES_NO, Answering.JUDGED),
    FieldShape("pressure_before", FieldSource.SESSION, answering=Answering.WHERE_SILENT),
    FieldShape("pressure_at_peak", FieldSource.SESSION, answering=Answering.WHERE_SILENT),
    FieldShape("pressure_at_end", FieldSource.SESSION, answering=Answering.WHERE_SILENT),
    *_effect("sedation"),
    *_effect("dissociation"),
    *_effect("respiratory_depression"),
    FieldShape("serious_adverse_event", FieldSource.SIGNER, FieldKind.YES_NO, Answering.JUDGED),
    FieldShape(
        "serious_adverse_event_details",
        FieldSource.SIGNER,
        FieldKind.LONG,
        Answering.WHERE_SILENT,
        only_if=("serious_adverse_event", YES),
    ),
)
"""Every field, in the order of the form."""


def with_answers(found: Mapping[str, Filled], answers: Mapping[str, str]) -> tuple[FormField, ...]:
    """Return the fields of a form: what the record says, and what who signs says where they may.

    Raises
    ------
    InvalidInput    an answer to a field that there is not, that only the record fills, or of another kind
    """
    told = {key: value.strip() for key, value in answers.items() if value.strip()}
    _check_answers(told)
    values = {shape.id: _value(shape, found, told) for shape in SHAPES}
    return tuple(_field(shape, found, told, values) for shape in SHAPES)


def check_complete(fields: Iterable[FormField]) -> None:
    """Refuse a form with a required field empty, naming each.

    Raises
    ------
    InvalidInput
    """
    missing = [each.shape for each in fields if each.is_missing]
    if missing:
        raise InvalidInput(*(Problem(shape.id, _wanted(shape)) for shape in missing))


def _wanted(shape: FieldShape) -> str:
    words = shape.id.replace("_", " ")
    if shape.answering is Answering.NEVER:
        return f"{words} is missing; add it where it belongs, in the {shape.source}"
    return f"{words} is missing; fill it in"


def _check_answers(told: Mapping[str, str]) -> None:
    shapes = {shape.id: shape for shape in SHAPES}
    problems = [
        Problem(key, wrong) for key, value in told.items() if (wrong := _wrong(shapes.get(key), value))
    ]
    if problems:
        raise InvalidInput(*problems)


def _wrong(shape: FieldShape | None, value: str) -> str:
    if shape is None:
        return "the form has no such field"
    if shape.answering is Answering.NEVER:
        return f"comes from the {shape.source}; correct it there"
    if shape.kind is FieldKind.YES_NO and value not in (YES, NO):
        return f"answer {YES} or {NO}"
    if shape.kind is FieldKind.MINUTES and not (value.isascii() and value.isdigit()):
        return "must be whole minutes after the first device"
    return ""


def _value(shape: FieldShape, found: Mapping[str, Filled], told: Mapping[str, str]) -> str:
    recorded, said = found.get(shape.id, Filled()).value, told.get(shape.id, "")
    return (said or recorded) if shape.answering is Answering.JUDGED else (recorded or said)


def _field(
    shape: FieldShape, found: Mapping[str, Filled], told: Mapping[str, str], values: Mapping[str, str]
) -> FormField:
    recorded, value = found.get(shape.id, Filled()), values[shape.id]
    is_said = bool(value) and value != recorded.value
    asked = shape.only_if is None or values[shape.only_if[0]] == shape.only_if[1]
    return FormField(
        shape=shape,
        value=value,
        source=FieldSource.SIGNER if is_said else shape.source,
        entries=() if is_said else recorded.entries,
        is_required=shape.is_required and asked,
    )
