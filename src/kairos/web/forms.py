"""Forms build domain values. Each carries the id of the command it will become."""

import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kairos.vocab.errors import InvalidInput
from kairos.vocab.identifiers import RANDOM_BYTES, uuid7


def new_id(now: datetime | None = None) -> UUID:
    """Return a fresh UUIDv7; entrances own the clock and the randomness."""
    return uuid7(now=now or timezone.now(), randomness=secrets.token_bytes(RANDOM_BYTES))


class CommandForm(forms.Form):
    """A form that becomes one action: sent twice, its ``command_id`` makes it happen once."""

    command_id = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=new_id,
        error_messages=dict.fromkeys(("required", "invalid"), _("Load the page again and send it once more")),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def take_problems(self, error: InvalidInput) -> None:
        """Show what an action found wrong beside the fields it named, or above the form."""
        for problem in error.problems:
            known = problem.field in self.fields
            self.add_error(problem.field if known else None, problem.message)
