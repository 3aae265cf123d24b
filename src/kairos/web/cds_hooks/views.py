"""Discovery, the services themselves, and their feedback."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kairos.actions.give_cards import CardToKeep, HookCall, give_cards
from kairos.actions.keep_card_feedback import ToldFeedback, keep_card_feedback
from kairos.interop.cds_hooks.answering import answer
from kairos.interop.cds_hooks.checking import DocumentKind, refusals_of
from kairos.interop.cds_hooks.faults import Fault
from kairos.interop.cds_hooks.offered import HOOKS, services_document
from kairos.queries.cds_clients import content_for_calls
from kairos.vocab.errors import Missing
from kairos.web.access import allow
from kairos.web.cds_hooks.callers import Call, Refused, answers_json, read_call
from kairos.web.forms import new_id

_LONGEST_CODE = 200
_BY_TOKEN = "another system; every call carries a signed token of a registered client"


@require_GET
@allow(public=True, reason="which services there are is no secret")
def show_offered(request: HttpRequest) -> HttpResponse:
    """List the services."""
    return JsonResponse(services_document())


@answers_json
@require_POST
@allow(public=True, reason=_BY_TOKEN)
def ask_service(request: HttpRequest, service: str) -> HttpResponse:
    """Answer a question with cards, and keep which cards were given."""
    _check_offered(service)
    call = read_call(request)
    _check_request(call.document, service)
    content = content_for_calls(programme_id=call.client.programme_id, by=call.client.actor)
    now = timezone.now()
    found = answer(call.document, today=now.date(), new_id=new_id, content=content)
    give_cards(
        programme_id=call.client.programme_id,
        call=_call_to_keep(call, service),
        cards=tuple(CardToKeep(card.id, card.indicator, card.rules) for card in found.given),
        content_version=content.version,
        overlay_version=content.overlay_version,
        command_id=new_id(),
        by=call.client.actor,
        now=now,
    )
    return HttpResponse(orjson.dumps(found.document), content_type="application/json")


@answers_json
@require_POST
@allow(public=True, reason=_BY_TOKEN)
def take_feedback(request: HttpRequest, service: str) -> HttpResponse:
    """Keep what became of cards."""
    _check_offered(service)
    call = read_call(request)
    refusals = refusals_of(call.document, kind=DocumentKind.FEEDBACK)
    if refusals:
        raise Refused(refusals)
    kept = keep_card_feedback(
        programme_id=call.client.programme_id,
        issuer=call.client.issuer,
        service=service,
        token_id=call.token.id,
        token_until=call.token.remember_until,
        told=tuple(map(_feedback, call.document["feedback"])),
        command_id=new_id(),
        by=call.client.actor,
        now=timezone.now(),
    )
    return JsonResponse({"kept": kept})


def _check_offered(service: str) -> None:
    if service not in HOOKS:
        raise Missing(f"there is no such service; there are: {', '.join(HOOKS)}")


def _check_request(document: Any, service: str) -> None:
    refusals = list(refusals_of(document, kind=DocumentKind.REQUEST))
    if isinstance(document, dict) and document.get("hook") not in (service, None):
        refusals.append(Fault("hook", f"is another hook than the service's: {service}"))
    if refusals:
        raise Refused(tuple(refusals))


def _call_to_keep(call: Call, service: str) -> HookCall:
    instance = UUID(call.document["hookInstance"])
    return HookCall(call.client.issuer, service, instance, call.token.id, call.token.remember_until)


def _feedback(entry: dict[str, Any]) -> ToldFeedback:
    override = entry.get("overrideReason") or {}
    reason = override.get("reason") or {}
    return ToldFeedback(
        card_id=UUID(entry["card"]),
        outcome=entry["outcome"],
        acted_at=datetime.fromisoformat(entry["outcomeTimestamp"]),
        suggestions=tuple(one["id"] for one in entry.get("acceptedSuggestions", [])),
        reason_system=reason.get("system", "")[:_LONGEST_CODE],
        reason_code=reason.get("code", "")[:_LONGEST_CODE],
        has_comment="userComment" in override,
    )
