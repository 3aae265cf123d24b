"""Forms of the clinic's day."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.domain.protocols.clinic_day import Arrival, RoomCheck, RoomItem
from kairos.web.clinic.courses.forms import SentenceForm
from kairos.web.forms import CommandForm

ITEM_WORDS = {
    RoomItem.OXYGEN: _("Oxygen: cylinder or outlet, with mask and tubing"),
    RoomItem.SUCTION: _("Suction works"),
    RoomItem.AIRWAY: _("Airways and bag with mask are complete"),
    RoomItem.DEFIBRILLATOR: _("Defibrillator passed its self-test"),
    RoomItem.OXIMETER: _("Pulse oximeter for every chair"),
    RoomItem.RESCUE_MEDICINES: _("Rescue medicines are complete and in date"),
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
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for item, words in ITEM_WORDS.items():
            self.fields[item.value] = forms.ChoiceField(
                label=words, choices=_ANSWERS, widget=forms.RadioSelect, required=False
            )
        self.fields["prescriber"] = _person(_("Prescriber on site today"), prescribers)
        self.fields["resuscitator"] = _person(_("Trained in resuscitation, on site today"), staff)

    def items(self) -> list[forms.BoundField]:
        """Return the fields of the room."""
        return [self[item.value] for item in RoomItem]

    def check_of_room(self) -> RoomCheck:
        """Return the check; what was not answered is left out of it."""
        told = self.cleaned_data
        found = {item: told[item.value] == "yes" for item in RoomItem if told[item.value]}
        return RoomCheck(found, told["prescriber"] or None, told["resuscitator"] or None)


def _person(label: Any, people: Iterable[tuple[UUID, str]]) -> forms.TypedChoiceField:
    choices = [("", _("Choose")), *((str(key), name) for key, name in people)]
    return forms.TypedChoiceField(label=label, coerce=UUID, choices=choices, required=False, empty_value=None)


class ArrivalForm(CommandForm):
    """Who came."""

    arrival = forms.TypedChoiceField(coerce=Arrival, choices=list(ARRIVAL_WORDS.items()))
