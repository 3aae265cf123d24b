"""Who calls: another system, by its signed token. Where something is wrong it gets JSON, and no page."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from kairos.interop.cds_hooks.client_tokens import ReadToken, issuer_of, read_token, token_of
from kairos.interop.cds_hooks.faults import Fault
from kairos.queries.cds_clients import AskingClient, asking_client
from kairos.vocab.errors import InvalidInput, KairosError, Missing, NotAllowed, Problem

LARGEST_BYTES = 16 * 1024 * 1024
_MOST_FAULTS = 100
JsonView = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a client whose token was accepted; the token itself is used up where the call is kept."""

    client: AskingClient
    token: ReadToken
    document: Any


class Refused(Exception):
    """A document with faults for which it is refused."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__()


def answers_json(view: JsonView) -> JsonView:
    """Give a view that other systems post to; nothing of a request is logged, and every refusal is JSON."""

    @csrf_exempt
    @functools.wraps(view)
    def answer(request: HttpRequest, **place: str) -> HttpResponse:
        try:
            reply = view(request, **place)
        except Refused as error:
            reply = _refusal(400, "the document has faults", [_told(fault) for fault in error.faults])
        except NotAllowed as error:
            reply = _refusal(401, str(error))
            reply["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        except InvalidInput as error:
            faults = [{"place": problem.field, "message": problem.message} for problem in error.problems]
            reply = _refusal(400, "the document cannot be used", faults)
        except KairosError as error:
            reply = _refusal(404 if isinstance(error, Missing) else 409, str(error))
        reply["Cache-Control"] = "no-store"
        return reply

    return answer


def read_call(request: HttpRequest) -> Call:
    """Return who calls and what they sent.

    Raises
    ------
    NotAllowed      no token, or one that is not accepted
    InvalidInput    the body is too large, or no JSON
    """
    token = token_of(request.headers.get("Authorization", ""))
    client = asking_client(issuer_of(token))
    accepted = read_token(token, keys=client.keys, audiences=_audiences(request), now=timezone.now())
    return Call(client, accepted, _body(request))


def _audiences(request: HttpRequest) -> frozenset[str]:
    """Return the addresses that a token may name: the one called, and of feedback its service."""
    here = request.build_absolute_uri(request.path).rstrip("/")
    return frozenset({here, here.removesuffix("/feedback")})


def _body(request: HttpRequest) -> Any:
    raw = request.read(LARGEST_BYTES + 1)
    if len(raw) > LARGEST_BYTES:
        raise InvalidInput(_problem(f"is larger than {LARGEST_BYTES // 1024**2} MB; send fewer entries"))
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise InvalidInput(_problem(f"is not JSON: line {error.lineno}, column {error.colno}")) from error


def _problem(message: str) -> Problem:
    return Problem("document", message)


def _told(fault: Fault) -> dict[str, str]:
    return {"place": fault.place, "message": fault.message}


def _refusal(status: int, message: str, faults: list[dict[str, str]] | None = None) -> HttpResponse:
    told: dict[str, Any] = {"error": message}
    if faults is not None:
        told["faults"] = faults[:_MOST_FAULTS]
    return JsonResponse(told, status=status)
