"""Forms of the clinic's day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kairos.content.release import load_release
from kairos.domain.protocols.clinic_day import Arrival, Duty, RescueLine, RoomCheck, RoomItem
from kairos.web.clinic.courses.forms import DATE, SentenceForm
from kairos.web.clinic.day.shown import DUTY_WORDS
from kairos.web.forms import CommandForm

ITEM_WORDS = {
    RoomItem.OXYGEN: _("Oxygen: cylinder or outlet, with mask and tubing"),
    RoomItem.SUCTION: _("Suction works"),
    RoomItem.AIRWAY: _("Airways and bag with mask are complete"),
    RoomItem.DEFIBRILLATOR: _("Defibrillator passed its self-test"),
    RoomItem.OXIMETER: _("Pulse oximeter for every chair"),
    RoomItem.RESCUE_MEDICINES: _("The rescue box is complete and sealed"),
}
ARRIVAL_WORDS = {
    Arrival.ARRIVED: _("Is here"),
    Arrival.LATE: _("Comes late"),
    Arrival.NO_SHOW: _("Did not come"),
}
_ANSWERS = (("yes", _("Ready")), ("no", _("Not ready")))


class OpenDayForm(SentenceForm):
    """What was found in the room, and who answers for the day."""

    def __init__(
        self,
        *args: Any,
        prescribers: Iterable[tuple[UUID, str]],
        staff: Iterable[tuple[UUID, str]],
        box: Sequence[RescueLine] = (),
        dates: Mapping[str, date] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.box = box
        for line in box:
            field = forms.DateField(label=_rescue_label(line), widget=DATE, required=False)
            self.fields[f"rescue.{line.id}"] = field
            field.initial = (dates or {}).get(line.id)
        for item, words in ITEM_WORDS.items():
            self.fields[item.value] = forms.ChoiceField(
                label=words, choices=_ANSWERS, widget=forms.RadioSelect, required=False
            )
        self.fields["prescriber"] = _person(_("Prescriber on site today"), prescribers)
        self.fields["resuscitator"] = _person(_("Trained in resuscitation, on site today"), staff)

    def items(self) -> list[forms.BoundField]:
        """Return the fields of the room."""
        return [self[item.value] for item in RoomItem]

    def box_lines(self) -> list[forms.BoundField]:
        """Return the dates of the rescue box."""
        return [self[f"rescue.{line.id}"] for line in self.box]

    def check_of_room(self) -> RoomCheck:
        """Return the check; what was not answered is left out of it."""
        told = self.cleaned_data
        found = {item: told[item.value] == "yes" for item in RoomItem if told[item.value]}
        read = {line.id: told.get(f"rescue.{line.id}") for line in self.box}
        dates = {line: until for line, until in read.items() if until is not None}
        return RoomCheck(found, told["prescriber"] or None, told["resuscitator"] or None, dates)


def _rescue_label(line: RescueLine) -> str:
    medicines = _now(" or ").join(line.any_of)
    problem = load_release().texts.template(f"rescue.{line.id}")
    return _now("%(problem)s: %(medicines)s, use until") % {"problem": problem, "medicines": medicines}


def _person(label: Any, people: Iterable[tuple[UUID, str]]) -> forms.TypedChoiceField:
    choices = [("", _("Choose")), *((str(key), name) for key, name in people)]
    return forms.TypedChoiceField(label=label, coerce=UUID, choices=choices, required=False, empty_value=None)


class ArrivalForm(CommandForm):
    """Who came."""

    arrival = forms.TypedChoiceField(coerce=Arrival, choices=list(ARRIVAL_WORDS.items()))


class StaffForm(SentenceForm):
    """Who is there for one appointment, duty by duty."""

    def __init__(
        self,
        *args: Any,
        people: Mapping[Duty, Iterable[tuple[UUID, str]]],
        held: Mapping[str, UUID],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for duty, who in people.items():
            self.fields[duty.value] = _person(DUTY_WORDS[duty], who)
            self.fields[duty.value].initial = held.get(duty)

    def changed_duties(self, held: Mapping[str, UUID]) -> Iterator[tuple[Duty, UUID | None]]:
        """Yield what differs from what holds now."""
        for duty in Duty:
            who = self.cleaned_data[duty.value] or None
            if who != held.get(duty):
                yield duty, who
