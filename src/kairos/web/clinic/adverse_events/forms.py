"""Forms of adverse events, their reviews, and standing orders."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.domain.safety.adverse_events import (
    OTHER_TERM,
    ActionTaken,
    AdverseEvent,
    Criterion,
    EventOutcome,
    EventReview,
    EventSeverity,
    Expectedness,
    Relatedness,
    ReportDecision,
)
from kairos.domain.safety.rescue import GivingRoute, RescueMedicines
from kairos.domain.safety.standing_orders import StandingOrder
from kairos.web.clinic.adverse_events import words
from kairos.web.clinic.courses.forms import SentenceForm
from kairos.web.clinic.giving_words import finding_words, text
from kairos.web.forms import new_id


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


def _one(label: Any, kind: Any, choices: Mapping[Any, Any], **more: Any) -> forms.TypedChoiceField:
    """Return a choice that begins with nothing chosen: what came of it is said, never assumed."""
    first = [] if "widget" in more else [("", gettext_lazy("Choose"))]
    said = [(key.value, word) for key, word in choices.items()]
    return forms.TypedChoiceField(label=label, coerce=kind, choices=[*first, *said], **more)


class EventForm(SentenceForm):
    """What happened, how strong, whether serious, and what came of it."""

    term = forms.ChoiceField(label=gettext_lazy("What happened"))
    named = forms.CharField(label=gettext_lazy("If something else: its name"), required=False)
    onset_on = _day(gettext_lazy("It began on"))
    severity = _one(gettext_lazy("How strong"), EventSeverity, words.SEVERITY_WORDS, widget=forms.RadioSelect)
    criteria = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Serious, if any of these is so"),
        coerce=Criterion,
        choices=[(key.value, word) for key, word in words.CRITERION_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Something strong is not yet serious. Tick nothing where none is so."),
    )
    told = forms.CharField(
        label=gettext_lazy("What happened, in words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    relatedness = _one(gettext_lazy("Did the treatment cause it?"), Relatedness, words.RELATED_WORDS)
    action = _one(gettext_lazy("What was done with the treatment"), ActionTaken, words.ACTION_WORDS)
    outcome = _one(gettext_lazy("What came of it"), EventOutcome, words.OUTCOME_WORDS)
    ended_on = _day(gettext_lazy("It ended on, if it has"), required=False)
    field_order = ("command_id",)

    def __init__(self, *args: Any, terms: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for term, group in terms.items():
            groups.setdefault(words.group_words(group), []).append((term, words.term_words(term)))
        other = (OTHER_TERM, _("Something else"))
        self.fields["term"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *groups.items(),
            other,
        ]

    def event(self) -> AdverseEvent:
        """Return the event that was told."""
        told = self.cleaned_data
        return AdverseEvent(
            term=told["term"],
            named=told["named"] if told["term"] == OTHER_TERM else "",
            onset_on=told["onset_on"],
            severity=told["severity"],
            criteria=frozenset(told["criteria"]),
            relatedness=told["relatedness"],
            action=told["action"],
            outcome=told["outcome"],
            told=told["told"],
            ended_on=told["ended_on"],
        )


class ChangeForm(EventForm):
    """A newer version of an event, with its reason."""

    reason = forms.CharField(label=gettext_lazy("What is changed, and why"), required=False)


def initial_of(event: AdverseEvent) -> dict[str, Any]:
    """Return an event as the form begins with it."""
    return {
        "term": event.term,
        "named": event.named,
        "onset_on": event.onset_on,
        "severity": event.severity.value,
        "criteria": [each.value for each in event.criteria],
        "told": event.told,
        "relatedness": event.relatedness.value,
        "action": event.action.value,
        "outcome": event.outcome.value,
        "ended_on": event.ended_on,
    }


class EventReviewForm(SentenceForm):
    """What the review came to."""

    expectedness = _one(
        gettext_lazy("Was it to be expected?"), Expectedness, words.EXPECTED_WORDS, widget=forms.RadioSelect
    )
    decision = _one(
        gettext_lazy("What follows"), ReportDecision, words.DECISION_WORDS, widget=forms.RadioSelect
    )
    account = forms.CharField(
        label=gettext_lazy("What was looked at, and what was found"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def review(self) -> EventReview:
        """Return the review that was told."""
        told = self.cleaned_data
        return EventReview(told["expectedness"], told["decision"], told["account"])


class OrderForm(SentenceForm):
    """A standing order; nothing of it is filled in."""

    drug = forms.ChoiceField(label=gettext_lazy("Medicine"))
    dose = forms.DecimalField(label=gettext_lazy("Amount of one dose"))
    unit = forms.CharField(label=gettext_lazy("Unit, as on the ampoule or the pack"))
    route = forms.ChoiceField(label=gettext_lazy("How it is given"))
    most = forms.DecimalField(label=gettext_lazy("The most in one session, in the same unit"))
    finding = forms.ChoiceField(label=gettext_lazy("For which finding"))
    effect_after_min = forms.IntegerField(
        label=gettext_lazy("The effect is asked for after how many minutes"), min_value=1
    )
    starts_on = _day(gettext_lazy("It holds from"))
    ends_on = _day(gettext_lazy("Its last day"))

    def __init__(self, *args: Any, rescue: RescueMedicines, findings: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose = ("", _("Choose"))
        drugs = [(drug, text(each.name)) for drug, each in rescue.items()]
        routes = [(each.value, text(f"giving.route.{each.value}")) for each in GivingRoute]
        self.fields["drug"].choices = [choose, *drugs]  # type: ignore[attr-defined]
        self.fields["route"].choices = [choose, *routes]  # type: ignore[attr-defined]
        named = sorted(((code, finding_words(code)) for code in findings), key=lambda pair: pair[1])
        self.fields["finding"].choices = [choose, *named]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Return what the action is given besides the programme."""
        told = dict(self.cleaned_data)
        command_id = told.pop("command_id")
        after = timedelta(minutes=told.pop("effect_after_min"))
        return {"command_id": command_id, "order": StandingOrder(id=new_id(), effect_after=after, **told)}


class EndForm(SentenceForm):
    """Why a standing order is ended."""

    reason = forms.CharField(label=gettext_lazy("Why it is ended"), required=False)
