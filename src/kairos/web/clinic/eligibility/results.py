"""The form for measured values: fields, units and ranges all come from the content."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kairos.content.release import load_release
from kairos.domain.eligibility.results import BIRTH_DATE, SEX, Given
from kairos.domain.evidence.concepts import Measurement
from kairos.vocab.instants import PartialDate
from kairos.web.clinic.people.forms import SEXES, DateField
from kairos.web.clinic.words import concept_words, unit_words
from kairos.web.forms import CommandForm

SYSTOLIC, DIASTOLIC = "systolic_bp", "diastolic_bp"
GROUPS = (
    (_("Body"), ("body_weight", "body_height")),
    (_("Vital signs"), (SYSTOLIC, DIASTOLIC, "heart_rate", "oxygen_saturation", "respiratory_rate")),
    (
        _("Laboratory"),
        ("alt", "ast", "creatinine", "egfr", "haemoglobin", "tsh", "pregnancy_test", "urine_blood"),
    ),
    (
        _("Scores"),
        (
            "phq9_total",
            "phq9_item9",
            "gad7_total",
            "audit_c_total",
            "dast10_total",
            "moca_total",
            "mmse_total",
        ),
    ),
    (_("Done and seen"), ("electrocardiogram", "prescription_monitoring_checked")),
    (_("Who this is"), (BIRTH_DATE, SEX)),
)
TITLES = {
    "electrocardiogram": _("ECG made and read"),
    "prescription_monitoring_checked": _("Prescription monitoring looked up"),
    "urine_blood": _("Blood in urine"),
    SYSTOLIC: _("Blood pressure, upper (systolic)"),
    DIASTOLIC: _("Blood pressure, lower (diastolic)"),
    SEX: _("Sex on record"),
    BIRTH_DATE: _("Date of birth"),
}
_RESULTS = (("", _("Not entered")), ("negative", _("Negative")), ("positive", _("Positive")))
_NOT_A_NUMBER = _("Enter a number, like 12.5")


class ResultsForm(CommandForm):
    """Any number of results of one moment. An empty field says nothing."""

    measured_on = forms.DateTimeField(
        label=_("Measured on"),
        required=False,
        help_text=_("Leave it empty for now. Else like 2026-11-20 09:30."),
        error_messages={"invalid": _("Enter the day and time like 2026-11-20 09:30")},
    )

    def __init__(self, *args: Any, wanted: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for _title, concepts in GROUPS:
            for concept in concepts:
                self.fields[concept] = _field(concept)
        if wanted in self.fields:
            self.fields[wanted].widget.attrs["autofocus"] = True

    def groups(self) -> list[dict[str, Any]]:
        """Return the fields by group, each with its unit."""
        return [
            {"title": title, "fields": [(self[name], _unit(name)) for name in concepts]}
            for title, concepts in GROUPS
        ]

    def results(self) -> dict[str, Given]:
        """Return what was entered, by concept."""
        given = {name: self.cleaned_data.get(name) for _title, names in GROUPS for name in names}
        return {name: _given(value) for name, value in given.items() if _was_entered(value)}

    def measured_at(self, now: datetime) -> datetime:
        """Return the moment of the results; now where none was named."""
        moment: datetime | None = self.cleaned_data.get("measured_on")
        return moment or now


def _was_entered(value: object) -> bool:
    """Whether a field was filled in. Nought is a result, though Python takes it for no."""
    return value is not None and value is not False and value != ""


def _field(concept: str) -> forms.Field:
    label: Any = TITLES.get(concept, concept_words(concept))
    measurement = load_release().concepts.measurement(concept)
    if measurement is not None:
        return _number(label, measurement)
    if concept == BIRTH_DATE:
        return DateField(label=label, required=False)
    if concept == SEX:
        return forms.ChoiceField(label=label, choices=SEXES, required=False)
    if load_release().concepts.concept(concept) is not None:
        return forms.ChoiceField(label=label, choices=_RESULTS, required=False)
    return forms.BooleanField(label=label, required=False)


def _number(label: Any, measurement: Measurement) -> forms.Field:
    return forms.FloatField(
        label=label,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": _NOT_A_NUMBER},
    )


def _unit(concept: str) -> str:
    measurement = load_release().concepts.measurement(concept)
    return unit_words(measurement.unit) if measurement is not None else ""


def _given(value: Any) -> Given:
    if isinstance(value, PartialDate):
        return str(value)
    if value in ("negative", "positive"):
        return bool(value == "positive")
    return value if isinstance(value, float | bool | str) else timezone.localtime(value).isoformat()
