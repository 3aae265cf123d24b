"""Forms of devices: where one stands, whose a reading is, why it is nobody's."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.domain.protocols.device_readings import AsideReason
from kairos.web.forms import CommandForm

ASIDE_WORDS = {
    AsideReason.NOBODY_THERE: _("Nobody was on it"),
    AsideReason.OTHER_PERSON: _("It was somebody else"),
    AsideReason.TEST: _("A test of the device"),
    AsideReason.DISTURBED: _("Moved or disturbed while it measured"),
}


class PutForm(CommandForm):
    """Where a device stands; nowhere where it is left empty."""

    place_id = forms.UUIDField(required=False)


class AssignForm(CommandForm):
    """Whose a reading is."""

    session_id = forms.UUIDField()


class AsideForm(CommandForm):
    """Why a reading is nobody's."""

    reason = forms.TypedChoiceField(
        choices=[(reason.value, words) for reason, words in ASIDE_WORDS.items()], coerce=AsideReason
    )
