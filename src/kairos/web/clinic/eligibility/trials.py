"""The form for one treatment that was tried."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.content.release import load_release
from kairos.domain.eligibility.trials import ToldTrial
from kairos.vocab.facts import Fact
from kairos.vocab.quantities import Quantity
from kairos.web.clinic.people.forms import DateField
from kairos.web.clinic.words import concept_words
from kairos.web.forms import CommandForm

_KNOWN = (("", _("Not known")), ("yes", _("Yes")), ("no", _("No")))
THERAPIES = (
    ("cognitive_behavioural_therapy", _("Cognitive behavioural therapy")),
    ("other_talking_therapy", _("Another talking therapy")),
)


def treatments() -> list[tuple[Any, Any]]:
    """Return the treatments to choose from: antidepressants of the content, talking therapies."""
    drugs = sorted(load_release().concepts.ingredients_of("antidepressant"))
    return [
        ("", _("Choose")),
        (_("Medicines"), [(drug, concept_words(drug)) for drug in drugs]),
        (_("Talking therapy"), list(THERAPIES)),
    ]


class TrialForm(CommandForm):
    """What is empty was not known; it is never taken as a no."""

    treatment = forms.ChoiceField(label=_("Treatment"), error_messages={"required": _("Choose a treatment")})
    daily_dose_mg = forms.FloatField(
        label=_("Highest daily dose that was held"),
        required=False,
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": _("Enter the dose as a number of mg a day, like 100")},
    )
    started = DateField(label=_("Started"), required=False)
    ended = DateField(label=_("Ended"), required=False)
    is_ongoing = forms.BooleanField(label=_("It goes on"), required=False)
    improvement_percent = forms.FloatField(
        label=_("How far the symptoms fell"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("In percent of the score before; 0 for no change."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": _("Enter a number from 0 to 100")},
    )
    in_episode = forms.ChoiceField(label=_("In the present episode"), choices=_KNOWN, required=False)
    is_completed = forms.ChoiceField(
        label=_("For talking therapy: was the course completed"), choices=_KNOWN, required=False
    )
    about = forms.CharField(required=False, widget=forms.HiddenInput)
    replaces = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, facts: Mapping[str, Fact], about: str = "", **kwargs: Any) -> None:
        fact = facts.get(about)
        super().__init__(*args, initial=_initial(fact) if fact else {}, **kwargs)
        field = self.fields["treatment"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = treatments()

    def told(self) -> ToldTrial:
        """Return what was told."""
        given = self.cleaned_data
        return ToldTrial(
            treatment=given["treatment"],
            is_talk_therapy=given["treatment"] in dict(THERAPIES),
            daily_dose_mg=given["daily_dose_mg"],
            started=given["started"],
            ended=given["ended"],
            is_ongoing=given["is_ongoing"],
            improvement_percent=given["improvement_percent"],
            in_episode=_KNOWING[given["in_episode"]],
            is_completed=_KNOWING[given["is_completed"]],
            about=given["about"],
            replaces=given["replaces"],
        )


_KNOWING = {"": None, "yes": True, "no": False}
_WORDS = {None: "", True: "yes", False: "no", "current": "yes", "earlier": "no", "yes": "yes", "no": "no"}


def _initial(fact: Fact) -> dict[str, Any]:
    """Return what an entry of the record, or of the ledger, already says."""
    is_told = fact.concept == "treatment_trial"
    details = fact.details
    dose, fell = details.get("daily_dose"), details.get("improvement")
    return {
        "treatment": str(details.get("treatment", "")) if is_told else fact.concept,
        "daily_dose_mg": f"{dose.value:g}" if isinstance(dose, Quantity) else None,
        "started": str(fact.true_from or ""),
        "ended": str(fact.true_until or ""),
        "is_ongoing": fact.status == "active" and fact.true_until is None,
        "improvement_percent": f"{fell.value:g}" if isinstance(fell, Quantity) else None,
        "in_episode": _WORDS[str(details["episode"])] if "episode" in details else "",
        "is_completed": _WORDS[str(details["completed"])] if "completed" in details else "",
        "about": str(details.get("about", "")) if is_told else fact.id,
        "replaces": fact.id if is_told else "",
    }
