"""Copying a filled session sheet into Kairos: its lines, who held the pen, what is on record beside them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kairos.actions.enter_paper import enter_paper
from kairos.domain.sessions.paper import PaperLine, beside
from kairos.queries.care_team import people_who_may
from kairos.queries.dosing_sessions import SessionPage, session_page
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.sessions.acting import actor, in_zone, sentence_of
from kairos.web.clinic.sessions.patient_strip import strip_of
from kairos.web.clinic.sessions.record_page import entry_words
from kairos.web.clinic.sessions.words import clock, who
from kairos.web.forms import CommandForm

LINES = 10
VALUES = (
    ("systolic", gettext_lazy("Systolic")),
    ("diastolic", gettext_lazy("Diastolic")),
    ("heart_rate", gettext_lazy("Pulse")),
    ("oxygen", gettext_lazy("Oxygen")),
    ("breathing", gettext_lazy("Breaths")),
    ("sedation", gettext_lazy("Awake 0 to 5")),
    ("detachment", gettext_lazy("Detached 0 to 10")),
)
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PaperForm(CommandForm):
    """The lines of a sheet by their number; ``also`` keeps a line although its like is on record."""

    pen = forms.TypedChoiceField(label=gettext_lazy("Who held the pen"), coerce=UUID)

    def __init__(
        self, *args: Any, team: Sequence[tuple[UUID, str]], page: SessionPage, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._page = page
        self.fields["pen"].choices = [("", _("Choose")), *team]  # type: ignore[attr-defined]
        for number in range(1, LINES + 1):
            self.fields[f"time{number}"] = forms.TimeField(
                label=_("Time of line {number}").format(number=number), required=False, widget=TIME
            )
            for name, label in VALUES:
                self.fields[f"{name}{number}"] = forms.IntegerField(
                    label=_("{what}, line {number}").format(what=label, number=number),
                    required=False,
                    min_value=0,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                )
            self.fields[f"also{number}"] = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a line with values and no time."""
        told = super().clean() or {}
        for number in range(1, LINES + 1):
            if told.get(f"time{number}") is None and any(
                told.get(f"{name}{number}") is not None for name, _label in VALUES
            ):
                self.add_error(f"time{number}", _("Line {number} has no time").format(number=number))
        return told

    def lines(self) -> dict[int, PaperLine]:
        """Return the lines that were filled in, by their number."""
        told = self.cleaned_data
        return {
            number: PaperLine(
                true_at=self._at(told[f"time{number}"]),
                number=number,
                **{name: told[f"{name}{number}"] for name, _label in VALUES},
            )
            for number in range(1, LINES + 1)
            if told[f"time{number}"] is not None
        }

    def _at(self, time: Any) -> datetime:
        """Return the instant of a time of day: on the day of the session, or the next after midnight."""
        opened = self._page.entries[0].true_at.astimezone(self._page.zone)
        at = datetime.combine(opened.date(), time, tzinfo=self._page.zone)
        next_day = at + timedelta(days=1)
        return next_day if at < opened and next_day <= self._page.picture.now else at

    def rows(self, found: dict[int, list[str]]) -> list[dict[str, Any]]:
        """Return the lines as the page shows them, each with what is on record beside it."""
        return [
            {
                "number": number,
                "time": self[f"time{number}"],
                "values": [self[f"{name}{number}"] for name, _label in VALUES],
                "also": self[f"also{number}"],
                "beside": found.get(number, []),
            }
            for number in range(1, LINES + 1)
        ]


@allow(Permission.RUN_SESSION)
@require_http_methods(["GET", "POST"])
def copy_from_paper(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Take the lines of a sheet in; where their like is on record, show both and ask."""
    by, now = actor(request), timezone.now()
    page = session_page(session_id=session_id, by=by, now=now)
    team = people_who_may(permission=Permission.RUN_SESSION, by=by)
    form = PaperForm(request.POST or None, team=team, page=page)
    found: dict[int, list[str]] = {}
    if form.is_valid():
        found = _beside(form, page)
        asked = [number for number in found if not form.cleaned_data[f"also{number}"]]
        if {str(number) for number in asked} <= set(request.POST.getlist("left")):
            lines = {number: line for number, line in form.lines().items() if number not in asked}
            if _enter(form, session_id, tuple(lines.values()), request):
                return redirect("session_record", session_id)
    told = {
        "page": page,
        "strip": strip_of(page),
        "form": form,
        "rows": form.rows(found),
        "heads": [label for _name, label in VALUES],
        "has_found": bool(found) and not form.errors,
    }
    status = 400 if form.errors else 200
    return in_zone(request, page, "clinic/sessions/from_paper.html", told, status=status)


def _enter(form: PaperForm, session_id: UUID, lines: tuple[PaperLine, ...], request: ActingRequest) -> bool:
    given = {"pen": form.cleaned_data["pen"], "command_id": form.cleaned_data["command_id"]}
    try:
        enter_paper(session_id=session_id, lines=lines, by=actor(request), now=timezone.now(), **given)
    except InvalidInput as error:
        form.take_problems(error)
        return False
    except NotAllowed as error:
        form.add_error(None, sentence_of(error))
        return False
    messages.info(request, _("Copied. Each entry says who held the pen."))
    return True


def _beside(form: PaperForm, page: SessionPage) -> dict[int, list[str]]:
    """Return for each line what is on record within minutes of it."""
    limits = page.picture.limits
    found = {
        number: [
            f"{clock(each.true_at, page.zone)}: {entry_words(page, each.event)} ({who(each.by, page.names)})"
            for each in beside(line, page.entries, limits=limits)
        ]
        for number, line in form.lines().items()
    }
    return {number: told for number, told in found.items() if told}
