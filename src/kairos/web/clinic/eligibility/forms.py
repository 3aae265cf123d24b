"""Forms of the eligibility pages."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.domain.eligibility.decision import Decision
from kairos.web.forms import CommandForm

SIGN_FORM = "sign-form"
_LIVE = {
    "form": SIGN_FORM,
    "hx-trigger": "change, keyup changed delay:600ms",
    "hx-target": "#gates",
    "hx-include": f"#{SIGN_FORM}",
    "hx-swap": "outerHTML",
}
CHOICES = (
    (Decision.START, _("Start: IV in the clinic")),
    (Decision.NOT_NOW, _("Not now")),
    (Decision.REFER, _("Refer")),
    (Decision.NO, _("No")),
)
CHOICE_HINTS = {
    Decision.START: _("Consent and the plan come next"),
    Decision.NOT_NOW: _("Say what must change, and when to look again"),
    Decision.REFER: _("Another treatment, or another place"),
    Decision.NO: _("Say why, in words the person can be given"),
}


class DecisionForm(CommandForm):
    """The decision, why, and a reason for each finding that needs one."""

    decision = forms.ChoiceField(
        label=_("I decide"),
        choices=CHOICES,
        error_messages={"required": _("Choose what you decide")},
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 3, "hx-preserve": "true"})
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rules: Iterable[str] = (), gates_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = tuple(rules)
        for rule in self.rules:
            self.fields[field_of(rule)] = forms.CharField(
                label=_("Your reason to go on, or what you will do"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "hx-preserve": "true"}),
            )
        for name in ("decision", "why", *map(field_of, self.rules)):
            self.fields[name].widget.attrs |= {**_LIVE, "hx-post": gates_url}

    def reasons(self, given: Mapping[str, Any]) -> dict[str, str]:
        """Return the reasons by rule, as they stand in what was sent."""
        return {rule: str(given.get(field_of(rule), "")).strip() for rule in self.rules}


def field_of(rule: str) -> str:
    """Return the name of the field for a rule's reason."""
    return f"reason_{rule.replace('.', '_')}"


class AsideForm(CommandForm):
    """An entry of the record that does not hold."""

    fact = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(error_messages={"required": _("Say why the entry does not count")})


class ListForm(CommandForm):
    """A list that was gone through with the person."""

    kind = forms.CharField(widget=forms.HiddenInput)


class AskedForm(CommandForm):
    """What the course is for, and what counts as resistant."""

    indication = forms.CharField()
    definition = forms.CharField(required=False)
    use = forms.RegexField(r"^[a-z]+/[a-z]+$", required=False)
