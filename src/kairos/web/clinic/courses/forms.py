"""Forms of courses and dose orders."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.domain.protocols.course import SinceMissed
from kairos.domain.protocols.course_end import CourseEnd, FollowUpEnd
from kairos.domain.protocols.dose_rules import MouthEnd
from kairos.domain.protocols.dosing import BodyMeasures, Concentration, DevineSex, DoseRate, plain
from kairos.domain.protocols.orders import OrderRequest
from kairos.domain.protocols.portion_orders import PortionRequest
from kairos.queries.courses import Named
from kairos.queries.dose_orders import OrderPage
from kairos.queries.portion_orders import PortionChoices
from kairos.vocab.errors import InvalidInput, Problem
from kairos.web.forms import CommandForm

LOCAL = "%Y-%m-%dT%H:%M"
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
PREDICATES = ("is ", "must ", "starts ")
SEXES = (
    ("", gettext_lazy("Not needed")),
    ("female", gettext_lazy("Woman")),
    ("male", gettext_lazy("Man")),
)
CANCEL_REASONS = (
    ("patient_asked", gettext_lazy("The patient asked")),
    ("not_well", gettext_lazy("Not well enough")),
    ("no_escort", gettext_lazy("Nobody to take them home")),
    ("staff", gettext_lazy("Staff or chair not there")),
    ("course_stopped", gettext_lazy("The course is stopped")),
    ("other", gettext_lazy("Another reason")),
)

COURSE_ENDS = (
    (CourseEnd.AS_PLANNED, gettext_lazy("Every session that was planned is held")),
    (CourseEnd.NO_BENEFIT, gettext_lazy("It does not help enough")),
    (CourseEnd.SIDE_EFFECTS, gettext_lazy("Side effects or harm")),
    (CourseEnd.PATIENT_ASKED, gettext_lazy("The patient asked, or withdrew consent")),
    (CourseEnd.NOT_ELIGIBLE, gettext_lazy("Something now speaks against it")),
    (CourseEnd.OTHER, gettext_lazy("Another reason")),
)
FOLLOW_UP_ENDS = (
    (FollowUpEnd.HANDED_OVER, gettext_lazy("Handed over to whoever treats the patient from now on")),
    (FollowUpEnd.PATIENT_ASKED, gettext_lazy("The patient asked")),
    (FollowUpEnd.OUT_OF_REACH, gettext_lazy("Out of reach after repeated tries")),
    (FollowUpEnd.OTHER, gettext_lazy("Another reason")),
)


class FirstDayForm(forms.Form):
    """Where and when the first session is; the others are proposed from it. Sent by GET."""

    use_required_attribute = False
    site_id = forms.ChoiceField(label=gettext_lazy("Site"))
    first_on = forms.DateField(
        label=gettext_lazy("First session on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    at = forms.TimeField(
        label=gettext_lazy("Starting at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, sites: Sequence[Named], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["site_id"].choices = [(str(s.id), s.name) for s in sites]  # type: ignore[attr-defined]


def _local_field(label: str) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
    return forms.DateTimeField(label=label, input_formats=[LOCAL], widget=widget)


def at_site(given: datetime, zone: ZoneInfo) -> datetime:
    """Return a time of a form as an instant: what was typed is the site's own clock."""
    return given.replace(tzinfo=zone)


class SentenceForm(CommandForm):
    """A form whose problems are told with their subject: "Weight is 30 d old", not "is 30 d old"."""

    def take_problems(self, error: InvalidInput) -> None:
        """Show what an action found wrong, each as a whole sentence."""
        super().take_problems(InvalidInput(*(self._with_subject(each) for each in error.problems)))

    def _with_subject(self, problem: Problem) -> Problem:
        field = self.fields.get(problem.field)
        if field is None or not problem.message.startswith(PREDICATES):
            return problem
        return Problem(problem.field, f"{field.label} {problem.message}")


class PlanForm(SentenceForm):
    """The proposed sessions, each to be changed before it is planned."""

    site_id = forms.UUIDField(widget=forms.HiddenInput)
    place_id = forms.ChoiceField(label=gettext_lazy("Chair or bed"), required=False)
    therapy = forms.BooleanField(label=gettext_lazy("With psychotherapy around the sessions"), required=False)

    def __init__(
        self, *args: Any, places: Sequence[Named], count: int, preparation: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place_id"].choices = place_choices(places)  # type: ignore[attr-defined]
        for number in range(1, count + 1):
            self.fields[f"dates.{number}"] = _local_field(_("Session %(number)d") % {"number": number})
        for number in range(1, preparation + 1):
            field = _local_field(_("Preparation %(number)d") % {"number": number})
            field.required = False
            self.fields[f"preparation.{number}"] = field
        self.count, self.preparation_count = count, preparation

    @property
    def dates(self) -> list[forms.BoundField]:
        """The fields of the sessions, in order."""
        return [self[f"dates.{number}"] for number in range(1, self.count + 1)]

    @property
    def preparation_dates(self) -> list[forms.BoundField]:
        """The fields of the preparation before the first dose."""
        return [self[f"preparation.{number}"] for number in range(1, self.preparation_count + 1)]

    def preparation(self, zone: ZoneInfo) -> tuple[datetime, ...]:
        """Return the starts of the preparation that was asked for; none without psychotherapy."""
        given = [self.cleaned_data[field.name] for field in self.preparation_dates]
        wanted = self.cleaned_data["therapy"]
        return tuple(at_site(at, zone) for at in given if at is not None) if wanted else ()

    def starts(self, zone: ZoneInfo) -> tuple[datetime, ...]:
        """Return the starts as instants."""
        return tuple(at_site(self.cleaned_data[field.name], zone) for field in self.dates)


class MoveForm(SentenceForm):
    """Another time or place for one session."""

    place_id = forms.ChoiceField(label=gettext_lazy("Chair or bed"), required=False)

    since = forms.TypedChoiceField(
        label=gettext_lazy("The session was missed: how is the person since?"),
        coerce=SinceMissed,
        choices=[
            (SinceMissed.NO_WORSE, gettext_lazy("No worse: the schedule stays as it is")),
            (SinceMissed.WORSE, gettext_lazy("Worse: a prescriber moves it, and may go back to more often")),
        ],
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
    )

    def __init__(
        self,
        *args: Any,
        places: Sequence[Named],
        number: int,
        was_missed: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not was_missed:
            del self.fields["since"]
        self.name = f"dates.{number}"
        self.fields[self.name] = _local_field(_("Starts at"))
        self.fields["place_id"].choices = place_choices(places)  # type: ignore[attr-defined]
        self.order_fields(["command_id", "since", self.name, "place_id"])


class CancelForm(CommandForm):
    """Why a session is cancelled."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why is it cancelled?"), choices=CANCEL_REASONS, widget=forms.RadioSelect
    )


class EndCourseForm(CommandForm):
    """Why a course ends."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why does the course end?"), choices=COURSE_ENDS, widget=forms.RadioSelect
    )


class EndFollowUpForm(CommandForm):
    """Why follow-up ends."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why does follow-up end?"), choices=FOLLOW_UP_ENDS, widget=forms.RadioSelect
    )


def place_choices(places: Sequence[Named]) -> list[tuple[str, str]]:
    """Return places for a select; none is a choice too."""
    return [("", _("Decide on the day")), *((str(p.id), p.name) for p in places)]


def place_of(form: forms.Form) -> UUID | None:
    """Return the place chosen, if one was."""
    chosen = form.cleaned_data["place_id"]
    return UUID(chosen) if chosen else None


_NUMBER_WORDS = {
    0: gettext_lazy("Enter a whole number"),
    1: gettext_lazy("Enter a number like 70.5, with at most one digit after the point"),
    3: gettext_lazy("Enter a number like 0.5, with at most three digits after the point"),
}
_NUMBER_FAULTS = ("invalid", "max_digits", "max_decimal_places", "max_whole_digits")


def _number(label: Any, places: int = 3, **more: Any) -> forms.DecimalField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    words = dict.fromkeys(_NUMBER_FAULTS, _NUMBER_WORDS[places])
    return forms.DecimalField(
        label=label, max_digits=9, decimal_places=places, widget=widget, error_messages=words, **more
    )


class OrderForm(SentenceForm):
    """What a prescriber orders; nothing of the dose itself is typed, it is worked out."""

    weight = _number(gettext_lazy("Weight"), 1)
    weighed_on = forms.DateField(label=gettext_lazy("Weighed on"), widget=DATE)
    height = _number(gettext_lazy("Height"), 1)
    sex = forms.ChoiceField(
        label=gettext_lazy("Constants for the adjusted weight"),
        choices=[
            ("", gettext_lazy("Not needed")),
            ("female", gettext_lazy("Woman")),
            ("male", gettext_lazy("Man")),
        ],
        required=False,
    )
    dose = _number(gettext_lazy("Dose by weight"))
    over = _number(gettext_lazy("Over"), 0)
    concentration = _number(gettext_lazy("Concentration in the bag"))
    reason = forms.CharField(
        label=gettext_lazy("Why the dose changes, if it does"), required=False, max_length=300
    )

    def __init__(self, *args: Any, has_last: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_last:
            del self.fields["reason"]

    def request(self) -> OrderRequest:
        """Return the request as the domain reads it.

        Raises
        ------
        InvalidInput    a number that is not above zero
        """
        given = self.cleaned_data
        sex = DevineSex(given["sex"]) if given["sex"] else None
        body = BodyMeasures(given["weight"], given["weighed_on"], given["height"], sex)
        over = timedelta(minutes=int(given["over"]))
        bag = Concentration(given["concentration"])
        return OrderRequest(body, DoseRate(given["dose"]), over, bag, given.get("reason", ""))

    def request_or_problems(self) -> OrderRequest | None:
        """Return the request, or show beside the fields why there is none."""
        try:
            return self.request() if self.is_valid() else None
        except InvalidInput as error:
            self.take_problems(error)
            return None


def proposed_order(page: OrderPage) -> dict[str, Any]:
    """Return what the order form proposes: the measures on record and the usual dose; no bag."""
    body, limits = page.body, page.limits
    return {
        "weight": plain(body.weight.value) if body.weight else "",
        "weighed_on": body.weight.on if body.weight else None,
        "height": plain(body.height.value) if body.height else "",
        "sex": body.sex.value if body.sex else "",
        "dose": plain(limits.usual_mg_per_kg),
        "over": plain(limits.usual_over_min),
    }


def _change_seen() -> forms.BooleanField:
    return forms.BooleanField(
        label=gettext_lazy("I have read that this is not the last dose, and why"), required=False
    )


class VerifyForm(CommandForm):
    """The second person's own numbers."""

    change_seen = _change_seen()
    dose_mg = _number(gettext_lazy("Dose, as I work it out"))
    concentration_mg_per_mL = _number(gettext_lazy("Concentration, as I read it on the bag"))


class PortionOrderForm(SentenceForm):
    """A dose of whole portions: one of the schedule's, or in mg within the caps of a weight."""

    dose = _number(gettext_lazy("Dose"))
    reason = forms.CharField(label=gettext_lazy("Why a reduced dose"), required=False, max_length=300)
    mouth_end = forms.ChoiceField(label=gettext_lazy("After holding it"), required=False)
    weight = _number(gettext_lazy("Weight"), 1, required=False)
    weighed_on = forms.DateField(label=gettext_lazy("Weighed on"), widget=DATE, required=False)
    height = _number(gettext_lazy("Height"), 1, required=False)
    sex = forms.ChoiceField(label=gettext_lazy("Sex for Devine's constants"), choices=SEXES, required=False)

    def __init__(self, *args: Any, choices: PortionChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        doses = (*choices.doses_mg, *choices.reduced_mg)
        if doses:
            self.fields["dose"] = forms.TypedChoiceField(
                label=_("Dose"),
                coerce=Decimal,
                choices=[(plain(mg), f"{plain(mg)} mg") for mg in doses],
                widget=forms.RadioSelect,
            )
            for name in ("weight", "weighed_on", "height", "sex"):
                del self.fields[name]
        if choices.last_mg is not None:
            self.fields["reason"].label = _("Why the dose changes, if it does")
        elif not choices.reduced_mg:
            del self.fields["reason"]
        if choices.ends:
            ends = [(end.value, MOUTH_END_WORDS[end]) for end in choices.ends]
            self.fields["mouth_end"].choices = ends  # type: ignore[attr-defined]
        else:
            del self.fields["mouth_end"]

    def request(self) -> PortionRequest:
        """Return the request as the domain reads it."""
        given = self.cleaned_data
        body, end = None, given.get("mouth_end")
        if given.get("weight") and given.get("weighed_on"):
            sex = DevineSex(given["sex"]) if given["sex"] else None
            body = BodyMeasures(given["weight"], given["weighed_on"], given["height"], sex)
        return PortionRequest(
            given["dose"], (), given.get("reason", ""), MouthEnd(end) if end else None, body
        )


MOUTH_END_WORDS = {
    MouthEnd.SPAT: gettext_lazy("Spit it out"),
    MouthEnd.SWALLOWED: gettext_lazy("Swallow it"),
}


class VerifyPortionsForm(CommandForm):
    """The second person's own numbers."""

    change_seen = _change_seen()
    dose_mg = _number(gettext_lazy("Dose, as I read the protocol"))
    portions = _number(gettext_lazy("How many devices, injections or tablets"), 0)


class SupplyForm(SentenceForm):
    """How many doses are handed out."""

    doses = forms.IntegerField(
        label=gettext_lazy("Doses to hand out"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class WithdrawOrderForm(CommandForm):
    """Why an order is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Why is the order withdrawn?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
