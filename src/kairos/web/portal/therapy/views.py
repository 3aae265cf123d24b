"""A patient's own pages of psychotherapy: what is agreed of touch, and how a session was afterwards."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.rate_therapy import rate_therapy
from kairos.domain.evidence.texts import Audience
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.therapy import HIGHEST, LOWEST
from kairos.queries.therapy import TherapyPage, TriadShown, own_therapy
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm
from kairos.web.portal.therapy.agreement import agreement
from kairos.web.therapy_words import aims_words, continuity_words, refusal, said

_SCALE = [("", gettext_lazy("No answer")), *((str(n), str(n)) for n in range(LOWEST, HIGHEST + 1))]


class RatingsForm(CommandForm):
    """Each aim and each of the four questions, from 0 to 10; any may be left out."""

    def __init__(self, *args: Any, aims: tuple[str, ...], together: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {"aims": aims, "together": together}
        for kind, names in (("aim", aims), ("alliance", together)):
            for name in names:
                label = said(f"therapy.{kind}.{name}", Audience.PATIENT)
                self.fields[name] = forms.TypedChoiceField(
                    label=label, choices=_SCALE, coerce=int, empty_value=None, required=False
                )

    @property
    def aims(self) -> list[forms.BoundField]:
        """The fields of the aims."""
        return [self[name] for name in self.names["aims"]]

    @property
    def together(self) -> list[forms.BoundField]:
        """The fields of how it was to work together."""
        return [self[name] for name in self.names["together"]]

    def given(self) -> dict[str, Any]:
        """Return what the action is given."""
        told = dict(self.cleaned_data)
        return {"command_id": told.pop("command_id"), "ratings": told}


def _page(request: ActingRequest) -> TherapyPage:
    return own_therapy(by=cast(Actor, request.actor), now=timezone.now())


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def show_own(request: ActingRequest) -> HttpResponse:
    """Show one's own sessions as units, with what there is to do before and after each."""
    page = _page(request)
    units = [
        {
            "number": unit.triad.dosing.number,
            "at": unit.triad.dosing.starts_at.astimezone(page.zone),
            "id": unit.session.id,
            "before": [each.starts_at.astimezone(page.zone) for each in unit.triad.preparation],
            "after": [each.starts_at.astimezone(page.zone) for each in unit.triad.integration],
            "aims": aims_words(unit.aims, Audience.PATIENT),
            "touch": unit.touch,
            "is_held": unit.session.status == PlannedStatus.DONE,
            "is_rated": bool(unit.ratings),
        }
        for unit in page.units
    ]
    found = {"page": page, "units": units, "continuity": continuity_words(page)}
    return render(request, "portal/therapy/own.html", found | {"aims_note": _note("aims_note")})


@allow(Permission.NARROW_TOUCH)
@require_http_methods(["GET", "POST"])
def show_touch(request: ActingRequest, planned_session_id: UUID) -> HttpResponse:
    """Agree on touch before a dose, and take back any of it at any time."""
    if cast(Actor, request.actor).scope.patient_id is None:
        raise Http404
    return agreement(request, planned_session_id, "portal/frame.html", "portal_touch")


@allow(Permission.ANSWER_QUESTIONNAIRE)
@require_http_methods(["GET", "POST"])
def show_afterwards(request: ActingRequest, planned_session_id: UUID) -> HttpResponse:
    """Rate one session: each aim, and how it was to work together."""
    page = _page(request)
    unit = next((each for each in page.units if each.session.id == planned_session_id), None)
    if page.chosen is None or unit is None:
        raise Http404
    form = _form(request, page, unit)
    if request.method == "POST" and form.is_valid():
        try:
            by, now = cast(Actor, request.actor), timezone.now()
            rate_therapy(planned_session_id=planned_session_id, by=by, now=now, **form.given())
            messages.info(request, _("Saved. Your therapist sees it."))
            return redirect("portal_therapy")
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, refusal(error))
    found = {"form": form, "at": unit.triad.dosing.starts_at.astimezone(page.zone)}
    notes = {"aims_note": _note("aims_note"), "alliance_note": _note("alliance_note")}
    return render(
        request, "portal/therapy/afterwards.html", found | notes, status=400 if form.errors else 200
    )


def _form(request: ActingRequest, page: TherapyPage, unit: TriadShown) -> RatingsForm:
    together = page.chosen.alliance if page.chosen else ()
    return RatingsForm(request.POST or None, aims=unit.aims, together=together, initial=dict(unit.ratings))


def _note(name: str) -> str:
    return said(f"therapy.{name}", Audience.PATIENT)
