"""The pages of adverse events."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.record_access import record_access
from kairos.actions.record_adverse_event import record_adverse_event
from kairos.actions.review_adverse_event import review_adverse_event
from kairos.actions.revise_adverse_event import revise_adverse_event
from kairos.domain.safety.medwatch import Block, medwatch_blocks, open_blocks
from kairos.queries.adverse_events import EventPage, event_list, event_page, person_of_event, report_facts
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.adverse_events import words
from kairos.web.clinic.adverse_events.forms import ChangeForm, EventForm, EventReviewForm, initial_of
from kairos.web.clinic.stock.refusals import take_refusal
from kairos.web.forms import new_id

FORM = "FDA 3500A"
EDITION = "October 2005, sections A, B, C and E"
BAR = 200


@allow(Permission.SEE_CHART)
@require_GET
def show_events(request: ActingRequest) -> HttpResponse:
    """Show the events of the programme with their figures."""
    found = event_list(by=_actor(request))
    most = max((each.events for each in found.figures.terms), default=1)
    rows = [(each, _event_shown(each, found.names.get(each.person_id, ""))) for each in found.events]
    shown = {
        "found": found,
        "rows": [{"version": version, "waits": version.id in found.waiting, **row} for version, row in rows],
        "bars": [
            {
                "what": words.term_words(each.term, _("Something else")),
                "of": each,
                "width": round(BAR * each.events / most, 1),
                "grades": [(words.SEVERITY_WORDS[grade], count) for grade, count in each.by_severity],
            }
            for each in found.figures.terms
        ],
        "may_sign": _actor(request).may(Permission.PLACE_ORDER),
    }
    return render(request, "clinic/adverse_events/events.html", shown)


def _event_shown(version: Any, name: str) -> dict[str, Any]:
    event = version.event
    return {
        "what": words.event_words(event),
        "name": name,
        "severity": words.SEVERITY_WORDS[event.severity],
        "outcome": words.OUTCOME_WORDS[event.outcome],
        "serious": [words.CRITERION_WORDS[each] for each in sorted(event.criteria)],
    }


@allow(Permission.RUN_SESSION)
@require_http_methods(["GET", "POST"])
def record(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Record an event, freely or from a symptom of a session (``?session=...&term=...&severity=...``)."""
    by, now = _actor(request), timezone.now()
    person = person_of_event(person_id=person_id, by=by, now=now)
    asked = {key: request.GET[key] for key in ("term", "severity") if key in request.GET}
    begin = {"onset_on": person.today, "relatedness": "not_assessed"} | asked
    form = EventForm(request.POST or None, terms=person.terms, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            told = {"event": form.event(), "command_id": form.cleaned_data["command_id"]}
            session_id = _session_asked(request)
            key = record_adverse_event(person_id=person_id, session_id=session_id, by=by, now=now, **told)
            messages.info(request, _("Recorded."))
            return redirect("adverse_event", key)
        except (InvalidInput, NotAllowed) as error:
            take_refusal(form, error)
    found = {"form": form, "person": person, "title": _("Record an adverse event")}
    return _draw(request, "clinic/adverse_events/record.html", found)


def _session_asked(request: ActingRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("session", ""))
    except ValueError:
        return None


@allow(Permission.SEE_CHART)
@require_GET
def show_event(request: ActingRequest, event_id: UUID) -> HttpResponse:
    """Show one event with its versions and reviews."""
    by, page = _actor(request), _opened(request, event_id)
    rights = {
        "may_change": by.may(Permission.RUN_SESSION),
        "may_review": by.may(Permission.REVIEW_ADVERSE_EVENT) and page.wants_review,
    }
    return _draw(request, "clinic/adverse_events/event.html", _page(page) | rights)


@allow(Permission.RUN_SESSION)
@require_http_methods(["GET", "POST"])
def revise(request: ActingRequest, event_id: UUID) -> HttpResponse:
    """Write what is known of an event by now."""
    by, now = _actor(request), timezone.now()
    page = _opened(request, event_id)
    terms = person_of_event(person_id=page.current.person_id, by=by, now=now).terms
    form = ChangeForm(request.POST or None, terms=terms, initial=initial_of(page.current.event))
    if request.method == "POST" and form.is_valid():
        try:
            told = {key: form.cleaned_data[key] for key in ("reason", "command_id")}
            revise_adverse_event(event_id=event_id, event=form.event(), by=by, now=now, **told)
            messages.info(request, _("Kept as a newer version. The earlier one stays."))
            return redirect("adverse_event", event_id)
        except (InvalidInput, NotAllowed) as error:
            take_refusal(form, error)
    found = {"form": form, "title": _("What is known by now")} | _page(page)
    return _draw(request, "clinic/adverse_events/record.html", found)


@allow(Permission.REVIEW_ADVERSE_EVENT)
@require_http_methods(["GET", "POST"])
def review(request: ActingRequest, event_id: UUID) -> HttpResponse:
    """Review a serious event."""
    by, now = _actor(request), timezone.now()
    page = _opened(request, event_id)
    form = EventReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = {"review": form.review(), "command_id": form.cleaned_data["command_id"]}
            review_adverse_event(event_id=event_id, by=by, now=now, **told)
            messages.info(request, _("Reviewed."))
            return redirect("adverse_event", event_id)
        except (InvalidInput, NotAllowed) as error:
            take_refusal(form, error)
    found = {"form": form, "title": _("Review of a serious event")} | _page(page)
    return _draw(request, "clinic/adverse_events/record.html", found)


@allow(Permission.SEE_CHART)
@require_GET
def show_report(request: ActingRequest, event_id: UUID) -> HttpResponse:
    """Show the draft of the report, block by block, ready to print."""
    page = _opened(request, event_id)
    blocks = _blocks(request, page)
    found = _page(page) | {
        "blocks": blocks,
        "open": open_blocks(blocks),
        "form_name": FORM,
        "edition": EDITION,
    }
    return _draw(request, "clinic/adverse_events/report.html", _page(page) | found)


@allow(Permission.SEE_CHART)
@require_GET
def report_file(request: ActingRequest, event_id: UUID) -> HttpResponse:
    """Return the draft of the report as JSON; empty blocks stay empty and say why."""
    blocks = _blocks(request, _opened(request, event_id))
    told = {
        each.number: {"field": each.name, "value": each.value or None}
        | ({} if each.value else {"why_empty": each.why})
        for each in blocks
    }
    reply = JsonResponse({"form": FORM, "edition": EDITION, "is_draft": True, "blocks": told})
    reply["Content-Disposition"] = f'attachment; filename="adverse-event-{event_id}.json"'
    return reply


def _blocks(request: ActingRequest, page: EventPage) -> tuple[Block, ...]:
    what = words.event_words(page.current.event)
    by, now = _actor(request), timezone.now()
    return medwatch_blocks(report_facts(event_id=page.current.event_id, term_words=what, by=by, now=now))


def _opened(request: ActingRequest, event_id: UUID) -> EventPage:
    """Return an event's page; that it was opened is recorded."""
    by, now = _actor(request), timezone.now()
    page = event_page(event_id=event_id, by=by)
    person_id = page.current.person_id
    record_access(person_id=person_id, what="adverse_event", command_id=new_id(now), by=by, now=now)
    return page


def _page(page: EventPage) -> dict[str, Any]:
    event = page.current.event
    return {
        "page": page,
        "event": event,
        "shown": _event_shown(page.current, page.shown_name),
        "related": words.RELATED_WORDS[event.relatedness],
        "action": words.ACTION_WORDS[event.action],
        "reviews": [
            (each, words.EXPECTED_WORDS[each.expectedness], words.DECISION_WORDS[each.decision])  # type: ignore[index]
            for each in page.reviews
        ],
    }


def _draw(request: ActingRequest, template: str, found: dict[str, Any]) -> HttpResponse:
    status = 400 if (form := found.get("form")) is not None and form.errors else 200
    zone = (found.get("page") or found["person"]).zone
    with timezone.override(zone):
        return render(request, template, found, status=status)


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)
