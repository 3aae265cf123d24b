"""The monitoring form on its page: what each field is called, how its value reads, what is asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.domain.sessions.form_fields import (
    LEFT,
    NO,
    RELEASED,
    TRANSFERRED,
    YES,
    Answering,
    FieldKind,
    FieldSource,
    FormField,
)
from kairos.domain.sessions.monitoring_form import SendingProof, SendingWay
from kairos.queries.monitoring_forms import FormPage
from kairos.web.clinic.courses.forms import SentenceForm
from kairos.web.forms import CommandForm

LABELS: dict[str, Promise] = {
    "family_name": gettext_lazy("Family name"),
    "given_names": gettext_lazy("Given names"),
    "middle_initial": gettext_lazy("Middle initial"),
    "born_on": gettext_lazy("Date of birth"),
    "sex": gettext_lazy("Sex"),
    "first_treatment": gettext_lazy("First treatment session"),
    "already_enrolled": gettext_lazy("Already enrolled in the REMS"),
    "benzodiazepines": gettext_lazy("Takes a benzodiazepine"),
    "sedative_hypnotics": gettext_lazy("Takes another sedative or sleeping medicine"),
    "psychostimulants": gettext_lazy("Takes a psychostimulant"),
    "maois": gettext_lazy("Takes a monoamine oxidase inhibitor"),
    "opioids": gettext_lazy("Takes an opioid"),
    "other_medicines": gettext_lazy(
        "Other medicines that sedate, dissociate, or change breathing or pressure"
    ),
    "hcp_name": gettext_lazy("Monitored by"),
    "hcp_phone": gettext_lazy("Telephone of who monitored"),
    "hcp_email": gettext_lazy("Mail of who monitored"),
    "setting_name": gettext_lazy("Healthcare setting"),
    "setting_address": gettext_lazy("Address of the setting"),
    "treatment_date": gettext_lazy("Date of treatment"),
    "dose_mg": gettext_lazy("Dose given, mg"),
    "lot_number": gettext_lazy("Lot number"),
    "total_time_min": gettext_lazy("Minutes from the first device to the end of monitoring"),
    "outcome": gettext_lazy("How the session ended"),
    "ready_to_leave_min": gettext_lazy(
        "Minutes after which the person was ready to leave, the least time aside"
    ),
    "vitals_acceptable_before": gettext_lazy("Vital signs acceptable before the dose"),
    "vitals_acceptable_at_end": gettext_lazy("Vital signs acceptable before the end of monitoring"),
    "pressure_before": gettext_lazy("Blood pressure before the dose"),
    "pressure_at_peak": gettext_lazy("Blood pressure at its expected peak"),
    "pressure_at_end": gettext_lazy("Blood pressure before the end of monitoring"),
    "sedation": gettext_lazy("Sedation"),
    "sedation_onset_min": gettext_lazy("Sedation: minutes to its onset"),
    "sedation_resolved_min": gettext_lazy("Sedation: minutes until it was gone"),
    "sedation_intervention": gettext_lazy("Sedation: what was done"),
    "dissociation": gettext_lazy("Dissociation"),
    "dissociation_onset_min": gettext_lazy("Dissociation: minutes to its onset"),
    "dissociation_resolved_min": gettext_lazy("Dissociation: minutes until it was gone"),
    "dissociation_intervention": gettext_lazy("Dissociation: what was done"),
    "respiratory_depression": gettext_lazy("Respiratory depression"),
    "respiratory_depression_onset_min": gettext_lazy("Respiratory depression: minutes to its onset"),
    "respiratory_depression_resolved_min": gettext_lazy("Respiratory depression: minutes until it was gone"),
    "respiratory_depression_intervention": gettext_lazy("Respiratory depression: what was done"),
    "serious_adverse_event": gettext_lazy("Serious adverse event"),
    "serious_adverse_event_details": gettext_lazy("Serious adverse event: what happened"),
}
SOURCE_WORDS = {
    FieldSource.CHART: gettext_lazy("Chart"),
    FieldSource.SESSION: gettext_lazy("Session"),
    FieldSource.SITE: gettext_lazy("Site"),
    FieldSource.SIGNER: gettext_lazy("Who signs"),
}
VALUE_WORDS = {
    YES: gettext_lazy("Yes"),
    NO: gettext_lazy("No"),
    RELEASED: gettext_lazy("Released, with an escort"),
    LEFT: gettext_lazy("Left against advice; not a release"),
    TRANSFERRED: gettext_lazy("Emergency services took over"),
}
WAY_WORDS = {SendingWay.ONLINE: gettext_lazy("Online"), SendingWay.FAX: gettext_lazy("Fax")}
_YES_NO = ((YES, VALUE_WORDS[YES]), (NO, VALUE_WORDS[NO]))
_KEPT = ("id", "value", "source", "entries")


def rows_of(fields: Iterable[FormField]) -> list[dict[str, Any]]:
    """Return fields as lines of a table; those that nobody filled and nobody asks are left out."""
    told = (
        _row(each.shape.id, each.value, each.source, each.entries) | {"is_missing": each.is_missing}
        for each in fields
    )
    return [row for row in told if row["value"] or row["is_missing"]]


def rows_of_signed(words: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the fields of a signed form as lines, as they were signed."""
    kept = ([each[name] for name in _KEPT] for each in words["fields"])
    return [_row(key, value, FieldSource(source), entries) for key, value, source, entries in kept if value]


def _row(key: str, value: str, source: FieldSource, entries: Iterable[str]) -> dict[str, Any]:
    return {
        "label": LABELS[key],
        "value": VALUE_WORDS.get(value, value),
        "source": SOURCE_WORDS[source],
        "entry": next(iter(entries), ""),
    }


class MonitoringFormForm(CommandForm):
    """What who signs says: judgements, and what the record does not hold."""

    seen_seq = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: FormPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_seq"].initial = page.seq
        before = _said_before(page)
        for each in page.fields:
            if _is_asked(each):
                self.fields[each.shape.id] = _control(each, before.get(each.shape.id, each.value))
        if page.signed is not None:
            label = _("Why this form takes the place of the signed one")
            self.fields["reason"] = forms.CharField(label=label, required=False)

    def given(self) -> dict[str, Any]:
        """Return what the action is given besides the session."""
        told = dict(self.cleaned_data)
        fixed = {name: told.pop(name) for name in ("command_id", "seen_seq", "reason") if name in told}
        return fixed | {
            "answers": {key: str(value) for key, value in told.items() if value not in ("", None)}
        }


class SendingForm(SentenceForm):
    """How and when the form went out, and what proves it."""

    way = forms.TypedChoiceField(
        label=gettext_lazy("How it was sent"),
        coerce=SendingWay,
        choices=list(WAY_WORDS.items()),
        widget=forms.RadioSelect,
    )
    sent_on = forms.DateField(
        label=gettext_lazy("Day of sending"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reference = forms.CharField(
        label=gettext_lazy("Confirmation number, or what the fax report says"), required=False
    )

    def proof(self) -> SendingProof:
        """Return what was entered."""
        told = self.cleaned_data
        return SendingProof(told["way"], told["sent_on"], told["reference"])


def _is_asked(field: FormField) -> bool:
    answering = field.shape.answering
    return answering is Answering.JUDGED or (answering is Answering.WHERE_SILENT and not field.value)


def _said_before(page: FormPage) -> Mapping[str, str]:
    return {each["id"]: each["value"] for each in page.signed.words["fields"]} if page.signed else {}


def _control(field: FormField, initial: str) -> forms.Field:
    label, shape = str(LABELS[field.shape.id]), field.shape
    if shape.kind is FieldKind.YES_NO:
        return forms.ChoiceField(
            label=label, choices=_YES_NO, widget=forms.RadioSelect, required=False, initial=initial
        )
    if shape.kind is FieldKind.MINUTES:
        return forms.IntegerField(label=label, min_value=0, required=False, initial=initial)
    widget = forms.Textarea(attrs={"rows": "2"}) if shape.kind is FieldKind.LONG else forms.TextInput()
    return forms.CharField(label=label, required=False, initial=initial, widget=widget)
