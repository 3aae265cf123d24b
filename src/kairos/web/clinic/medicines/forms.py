"""Forms about medicines: what somebody said, a new line, and the plan with one group of fields a medicine."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kairos.domain.protocols.medicine_entries import Informant, ToldMedicine
from kairos.domain.protocols.medicine_list import Medicine
from kairos.domain.protocols.medicine_plan import MedicinePlan, PlanLine, Proposed
from kairos.domain.rules.interactions import PlanAction
from kairos.web.clinic.people.forms import DateField
from kairos.web.forms import CommandForm
from kairos.web.medicine_words import dosage_words

INFORMANT_WORDS: dict[str, Promise] = {
    Informant.PERSON: _("The person"),
    Informant.RELATIVE: _("A relative"),
    Informant.PRESCRIBER: _("The prescriber"),
    Informant.PHARMACY: _("The pharmacy"),
    Informant.LABEL: _("The label of the packet"),
}
ACTION_WORDS: dict[str, Promise] = {
    PlanAction.CONTINUE: _("Continue"),
    PlanAction.HOLD: _("Hold"),
    PlanAction.ADJUST: _("Adjust"),
    PlanAction.ASK_PRESCRIBER: _("Ask the prescriber"),
}


class SaidForm(CommandForm):
    """That a medicine is still taken, or is not, and who said so."""

    line = forms.CharField(widget=forms.HiddenInput)
    informant = forms.ChoiceField(label=_("Who says so"), choices=list(INFORMANT_WORDS.items()))
    is_taken = forms.ChoiceField(choices=[("yes", _("Still taken")), ("no", _("Not taken"))])


class ConfirmForm(CommandForm):
    """That the list on the screen is complete."""

    seen = forms.CharField(widget=forms.HiddenInput)


class CodeForm(CommandForm):
    """That a code was looked up where it is published."""

    system = forms.CharField(widget=forms.HiddenInput)
    code = forms.CharField(widget=forms.HiddenInput)
    concept = forms.CharField(widget=forms.HiddenInput)


class MedicineForm(CommandForm):
    """A medicine as it was told. What is empty was not known."""

    name = forms.CharField(
        label=_("Medicine"),
        max_length=200,
        help_text=_("As the packet says it; also what is bought without a prescription, and supplements."),
        error_messages={"required": _("Write the name of the medicine")},
    )
    dosage = forms.CharField(
        label=_("How it is taken"), required=False, max_length=200, help_text=_("Like: 50 mg in the morning.")
    )
    since = DateField(label=_("Since"), required=False)
    informant = forms.ChoiceField(label=_("Who says so"), choices=list(INFORMANT_WORDS.items()))

    @staticmethod
    def initial_of(medicine: Medicine) -> dict[str, Any]:
        """Return what the newest entry of a line says."""
        newest = medicine.newest
        return {
            "name": medicine.name,
            "dosage": dosage_words(newest),
            "since": str(newest.true_from or ""),
            "informant": Informant.PERSON.value,
        }

    def told(self) -> ToldMedicine:
        """Return what was told."""
        given = self.cleaned_data
        return ToldMedicine(given["name"], Informant(given["informant"]), given["dosage"], given["since"])


class PlanForm(CommandForm):
    """The whole plan: for each medicine what is agreed, from when it is held, in what words, and why."""

    seen = forms.CharField(widget=forms.HiddenInput)
    route = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, proposals: tuple[Proposed, ...], plan: MedicinePlan | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = proposals
        for place, each in enumerate(proposals):
            signed = plan.line(each.medicine.key) if plan else None
            self.fields.update(_fields(place, each, signed))

    def rows(self) -> list[dict[str, Any]]:
        """Return the fields of each medicine together."""
        names = ("line", "from", "until", "words", "reason")
        return [
            {"proposed": each, **{name: self[f"{name}-{place}"] for name in names}}
            for place, each in enumerate(self.proposals)
        ]

    def lines(self) -> tuple[PlanLine, ...]:
        """Return what was decided."""
        return tuple(self._line(place, each) for place, each in enumerate(self.proposals))

    def _line(self, place: int, each: Proposed) -> PlanLine:
        given = {
            name: self.cleaned_data[f"{name}-{place}"]
            for name in ("line", "from", "until", "words", "reason")
        }
        action = PlanAction(given["line"])
        is_hold = action is PlanAction.HOLD
        return PlanLine(
            medicine=each.medicine.key,
            name=each.medicine.name,
            action=action,
            hold_from_h=given["from"] if is_hold else None,
            hold_until_h=given["until"] if is_hold else None,
            before_h=each.before_h if action is PlanAction.ADJUST else None,
            words=given["words"].strip() if action is PlanAction.ADJUST else "",
            reason=given["reason"].strip(),
        )


def _fields(place: int, each: Proposed, signed: PlanLine | None) -> dict[str, forms.Field]:
    """Return the fields of one medicine; they begin with what was signed last, else with the proposal."""
    hours: dict[str, Any] = {
        "min_value": 0,
        "required": False,
        "widget": forms.TextInput(attrs={"inputmode": "decimal"}),
    }
    return {
        f"line-{place}": forms.ChoiceField(
            label=_("Agreed"),
            choices=list(ACTION_WORDS.items()),
            widget=forms.RadioSelect,
            initial=(signed.action if signed else each.proposal.action).value,
            error_messages={"required": _("Choose what is agreed")},
        ),
        f"from-{place}": forms.FloatField(
            label=_("Held from"),
            help_text=_("Before the session. Empty: only the doses of that day."),
            initial=_number(signed.hold_from_h if signed else each.hold_from_h),
            **hours,
        ),
        f"until-{place}": forms.FloatField(
            label=_("Held until"),
            help_text=_("After it began. Empty: the next usual dose after the session."),
            initial=_number(signed.hold_until_h if signed else None),
            **hours,
        ),
        f"words-{place}": forms.CharField(
            label=_("How it is adjusted"),
            required=False,
            max_length=300,
            help_text=_("The person reads these words."),
            initial=signed.words if signed else "",
        ),
        f"reason-{place}": forms.CharField(
            label=_("Why, and who agreed"),
            required=False,
            max_length=500,
            initial=signed.reason if signed else "",
        ),
    }


def _number(hours: float | None) -> str:
    return f"{hours:g}" if hours is not None else ""
