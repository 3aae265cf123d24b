"""What a form says of the device it was filled in on."""

from datetime import datetime, timedelta

from django import forms
from django.http import QueryDict

from kairos.domain.sessions.told import EntryDevice

_MOST_S = timedelta(days=400).total_seconds()


class DeviceForm(forms.Form):
    """The fields that the queue adds to each entry."""

    device_at = forms.CharField(max_length=40)
    device_ahead_s = forms.FloatField(min_value=-_MOST_S, max_value=_MOST_S)
    device_moved_s = forms.FloatField(min_value=-_MOST_S, max_value=_MOST_S, required=False)
    device_seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    device_id = forms.CharField(max_length=40, required=False)

    def clean_device_at(self) -> datetime:
        """Read an instant with its zone."""
        try:
            at = datetime.fromisoformat(self.cleaned_data["device_at"])
        except ValueError as error:
            raise forms.ValidationError("not an instant") from error
        if at.tzinfo is None:
            raise forms.ValidationError("an instant without its zone")
        return at


def device_from(sent: QueryDict) -> EntryDevice | None:
    """Return the device that a form names; ``None`` where it names none, as without a script."""
    form = DeviceForm(sent)
    if not form.is_valid():
        return None
    told = form.cleaned_data
    return EntryDevice(
        at=told["device_at"],
        ahead_s=told["device_ahead_s"],
        moved_s=told["device_moved_s"] or 0.0,
        seen=told["device_seen"],
        id=told["device_id"],
    )
