"""Forms of a session. Each knows the page it stands on, and what it hands to its action."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.actions.entry_device import device_of_entry
from kairos.actions.session_scales import SCORES, SEDATION
from kairos.actions.vital_signs import VitalSigns
from kairos.domain.protocols.dose_rules import MouthEnd
from kairos.domain.sessions.console import last_values
from kairos.domain.sessions.events import (
    OBSERVATIONS,
    CancelReason,
    DissociationScale,
    StopReason,
    SymptomState,
)
from kairos.domain.sessions.payloads import to_payload
from kairos.queries.dosing_sessions import SessionPage
from kairos.vocab.errors import InvalidInput, Problem
from kairos.web.clinic.sessions.words import text
from kairos.web.forms import CommandForm

STOP_WORDS = {
    StopReason.VITALS: _("Vital signs"),
    StopReason.SYMPTOMS: _("Symptoms"),
    StopReason.SEDATION: _("Too sedated"),
    StopReason.DISTRESS: _("Distress"),
    StopReason.PATIENT_WISH: _("The person wishes it"),
    StopReason.ACCESS_LOST: _("The line is lost"),
    StopReason.EMERGENCY: _("Emergency"),
    StopReason.OTHER: _("Another reason, in a note"),
}
CANCEL_WORDS = {
    CancelReason.CHECK_FAILED: _("The check rules it out today"),
    CancelReason.PATIENT_WISH: _("The person wishes it"),
    CancelReason.CLINIC: _("The clinic cannot"),
    CancelReason.OTHER: _("Another reason, in a note"),
}
SCALE_WORDS = {
    DissociationScale.NOUGHT_TO_TEN: _("0 to 10, as the person says"),
    DissociationScale.CADSS6: "CADSS-6",
    DissociationScale.CADSS: "CADSS",
}
CORRECTABLE = {
    "systolic": _("Systolic, mmHg"),
    "diastolic": _("Diastolic, mmHg"),
    "heart_rate": _("Pulse, a minute"),
    "oxygen": _("Oxygen, %"),
    "breathing": _("Breathing, a minute"),
    "score": _("Score"),
    "rate_mg_per_h": _("Rate, mg/h"),
    "lot": _("Lot"),
    "expires_on": _("Expires on"),
    "end": _("What happened"),
}


NEEDED = frozenset({"rate_mg_per_h"})
"""Left empty, these stay as they were; other values that are emptied are taken away."""


def _number(label: Any, **more: Any) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.FloatField(label=label, required=False, widget=widget, **more)


class SessionForm(CommandForm):
    """A form on the page of one session."""

    def __init__(self, *args: Any, page: SessionPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page

    def given(self) -> dict[str, Any]:
        """Return what the action is given, besides the session and who acts."""
        return dict(self.cleaned_data)


class TimedForm(SessionForm):
    """A form whose entry may have been true a while ago."""

    at = forms.TimeField(
        label=_("When, if not now"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    field_order = ("command_id",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "at"])

    def given(self) -> dict[str, Any]:
        """Return the entry with the moment it was true; a time of day later than its making was yesterday.

        Made on a device that waited for the network, it was true when it was made there.
        """
        given = dict(self.cleaned_data)
        device = device_of_entry()
        looked = self.page.picture.now  # nothing was made after it arrived
        made_at = min(device.made_at, looked) if device is not None else looked
        at, now = given.pop("at"), made_at.astimezone(self.page.zone)
        if device is not None:
            given["true_at"] = made_at
        if at is not None:
            moment = datetime.combine(now.date(), at, tzinfo=self.page.zone)
            given["true_at"] = moment - timedelta(days=1) if moment > now + timedelta(hours=1) else moment
        return given


class VitalsForm(TimedForm):
    """Vital signs typed in; the last values stand beside the fields, never in them."""

    systolic = _number(_("Systolic, mmHg"))
    diastolic = _number(_("Diastolic, mmHg"))
    heart_rate = _number(_("Pulse, a minute"))
    oxygen = _number(_("Oxygen, %"))
    breathing = _number(_("Breathing, a minute"))
    oxygen_low_s = _number(_("If oxygen is low: for how many seconds"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for last in last_values(self.page.picture):
            self.fields[last.component].help_text = _("Last: %(value)s") % {"value": f"{last.value.value:g}"}

    def given(self) -> dict[str, Any]:
        """Return the reading."""
        given = super().given()
        told = {"command_id", "true_at"}
        values = VitalSigns(**{name: value for name, value in given.items() if name not in told})
        return {name: value for name, value in given.items() if name in told} | {"values": values}


class SedationForm(TimedForm):
    """MOAA/S as six statements."""

    score = forms.TypedChoiceField(label=_("How awake"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(score, text(f"moaas.{score}")) for score in reversed(SCORES[SEDATION])]
        self.fields["score"].choices = choices  # type: ignore[attr-defined]


class DissociationForm(TimedForm):
    """How detached, on one of three scales; the one used before the dose is chosen already."""

    scale = forms.TypedChoiceField(
        label=_("Scale"),
        coerce=DissociationScale,
        choices=[(each.value, words) for each, words in SCALE_WORDS.items()],
        widget=forms.RadioSelect,
        initial=DissociationScale.NOUGHT_TO_TEN.value,
    )
    score = forms.IntegerField(
        label=_("Score; 0 is not detached at all"), widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )


class SymptomForm(TimedForm):
    """Which symptoms are there."""

    codes = forms.MultipleChoiceField(label=_("What is there"), widget=forms.CheckboxSelectMultiple)
    state = forms.TypedChoiceField(
        label=_("Is it there, or has it gone"),
        coerce=SymptomState,
        choices=[(SymptomState.PRESENT, _("There now")), (SymptomState.RESOLVED, _("Gone"))],
        widget=forms.RadioSelect,
        initial=SymptomState.PRESENT,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        symptoms = self.page.picture.protocol.symptoms.values()
        present = self.page.picture.state.symptoms_at(self.page.picture.now)
        choices = [(s.code, text(s.text)) for s in symptoms if not s.is_call or s.code in present]
        self.fields["codes"].choices = choices  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Return the symptoms."""
        given = super().given()
        return given | {"codes": tuple(given["codes"])}


class NoteForm(TimedForm):
    """A note in one's own words."""

    note = forms.CharField(label=_("What you saw or did"), widget=forms.Textarea(attrs={"rows": 4}))


MOUTH_WORDS = {MouthEnd.SPAT: _("Spat out"), MouthEnd.SWALLOWED: _("Swallowed")}


class PortionForm(TimedForm):
    """The next portion of the order: its lot and expiry, as printed on it."""

    lot = forms.CharField(label=_("Lot"), required=False, max_length=60)
    expires_on = forms.DateField(
        label=_("Expires on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.page.picture.state.dose.portions
        if given:
            self.fields["lot"].initial = given[-1].lot
            self.fields["expires_on"].initial = given[-1].expires_on


class MouthForm(TimedForm):
    """What became of the lozenge; what was ordered stands beside it."""

    end = forms.TypedChoiceField(
        label=_("What happened"), coerce=MouthEnd, choices=list(MOUTH_WORDS.items()), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = self.page.picture.state.order
        if order is not None and order.mouth_end is not None:
            said = _("As ordered: %(end)s") % {"end": MOUTH_WORDS[order.mouth_end]}
            self.fields["end"].help_text = said


class StopForm(TimedForm):
    """Why the dose ends early."""

    reason = forms.TypedChoiceField(
        label=_("Why"), coerce=StopReason, choices=list(STOP_WORDS.items()), widget=forms.RadioSelect
    )


class CancelForm(SessionForm):
    """Why the session ends before a dose."""

    reason = forms.TypedChoiceField(
        label=_("Why"), coerce=CancelReason, choices=list(CANCEL_WORDS.items()), widget=forms.RadioSelect
    )


class RateForm(TimedForm):
    """Another rate, as the pump shows it."""

    rate_mL_per_h = forms.DecimalField(
        label=_("Rate, mL/h"), widget=forms.NumberInput(attrs={"inputmode": "decimal"})
    )

    def given(self) -> dict[str, Any]:
        """Return the rate in mg/h; the bag's strength is the order's."""
        given = super().given()
        order = self.page.picture.state.order
        strength = order.concentration_mg_per_mL if order is not None else 1
        return given | {"rate_mg_per_h": given.pop("rate_mL_per_h") * strength}


class ReasonForm(SessionForm):
    """A written reason."""

    reason = forms.CharField(label=_("Your reason"), widget=forms.Textarea(attrs={"rows": 4}))


class TransferForm(SessionForm):
    """Who took over."""

    to = forms.CharField(label=_("Who took over, and where to"))


class IdentityForm(SessionForm):
    """What the person says, or the wristband shows; two of three."""

    name = forms.CharField(
        label=_("First and last name"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    born_on = forms.DateField(
        label=_("Birth date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    record_number = forms.CharField(
        label=_("Record number"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def given(self) -> dict[str, Any]:
        """Return what was said, by identifier."""
        given = dict(self.cleaned_data)
        born_on = given["born_on"].isoformat() if given["born_on"] else ""
        said = {"name": given["name"], "born_on": born_on, "record_number": given["record_number"]}
        return {"command_id": given["command_id"], "said": said}


class CriterionForm(SessionForm):
    """What was seen of one criterion of release."""

    answer = forms.ChoiceField(label=_("What you see"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, criterion: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = {item.id: item for item in self.page.picture.protocol.release}
        self.criterion = criterion
        answers = items[criterion].answers if criterion in items else {}
        choices = [(answer, text(f"release.{criterion}.{answer}")) for answer in answers]
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Return the criterion with what was seen."""
        return {**self.cleaned_data, "criterion": self.criterion}


class OverrideForm(ReasonForm):
    """A prescriber's reason for one rule."""

    def __init__(self, *args: Any, rule: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule

    def given(self) -> dict[str, Any]:
        """Return the reason with its rule."""
        return {**self.cleaned_data, "rule": self.rule}


class HandOverForm(SessionForm):
    """Who is asked to watch, for good or for a break."""

    to = forms.TypedChoiceField(label=_("Who is to watch"), coerce=UUID)
    minutes = forms.IntegerField(
        label=_("For a break: back in how many minutes"), required=False, min_value=1
    )

    def __init__(self, *args: Any, watchers: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("Choose"))] + [  # type: ignore[attr-defined]
            (str(key), name) for key, name in watchers
        ]

    def given(self) -> dict[str, Any]:
        """Return the offer, with the end of the break where it is one."""
        given = super().given()
        minutes = given.pop("minutes")
        until = self.page.picture.now + timedelta(minutes=minutes) if minutes else None
        return given | {"until": until}

    def take_problems(self, error: InvalidInput) -> None:
        """Show what is wrong with the end of a break beside its minutes."""
        for problem in error.problems:
            self.add_error("minutes" if problem.field == "until" else problem.field, problem.message)


class CorrectionForm(SessionForm):
    """What an earlier entry should have said.

    A step of the session is not withdrawn, only amended: it was taken, and what followed rests on it.
    """

    at = forms.TimeField(
        label=_("When it was so, if that was wrong"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    is_withdrawn = forms.BooleanField(label=_("Withdraw the entry: it was not so"), required=False)
    reason = forms.CharField(label=_("What was wrong"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, seq: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry = next((each for each in self.page.entries if each.seq == seq), None)
        self.seq = seq
        payload = to_payload(self.entry.event) if self.entry is not None else {}
        values = [name for name in CORRECTABLE if name in payload]
        for name in values:
            self.fields[name] = _correctable(name, payload[name])
        if self.entry is None or type(self.entry.event) not in OBSERVATIONS:
            del self.fields["is_withdrawn"]
        self.order_fields([*values, "at", "is_withdrawn", "reason"])

    def given(self) -> dict[str, Any]:
        """Return the correction."""
        told = self.cleaned_data
        changed = {
            name: _as_kept(name, told[name])
            for name in CORRECTABLE
            if name in self.changed_data and (told[name] is not None or name not in NEEDED)
        }
        given = {"command_id": told["command_id"], "amends": self.seq, "reason": told["reason"]}
        if told["at"] is not None and self.entry is not None:
            on = self.entry.true_at.astimezone(self.page.zone).date()
            given["true_at"] = datetime.combine(on, told["at"], tzinfo=self.page.zone)
        if told.get("is_withdrawn"):
            return {name: value for name, value in given.items() if name != "true_at"}
        if not changed and "true_at" not in given:
            raise InvalidInput(Problem("", "change a value or the time, or withdraw the entry"))
        return given | {"replacement": changed or None}


def _correctable(name: str, value: Any) -> forms.Field:
    """Return the field of one value of an entry, filled with what it said."""
    label = CORRECTABLE[name]
    if name == "lot":
        return forms.CharField(label=label, required=False, max_length=60, initial=value)
    if name == "expires_on":
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=label, required=False, widget=widget, initial=value)
    if name == "rate_mg_per_h":
        typed = forms.NumberInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        return forms.DecimalField(label=label, required=False, widget=typed, min_value=0, initial=value)
    if name == "end":
        return forms.ChoiceField(label=label, choices=list(MOUTH_WORDS.items()), initial=value)
    return _number(label, initial=value)


def _as_kept(name: str, value: Any) -> Any:
    """Return a value as the payload of an entry holds it."""
    if name == "score" and value is not None:
        return int(value)
    if name == "expires_on" and value is not None:
        return value.isoformat()
    return str(value) if name == "rate_mg_per_h" else value
