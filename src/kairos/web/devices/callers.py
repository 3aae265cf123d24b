"""Which device calls, by its key. Every refusal is an OperationOutcome; nothing of a request is logged."""

import functools
from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from kairos.interop.fhir.device_answers import outcome
from kairos.queries.devices import SendingDevice, sending_device
from kairos.vocab.errors import InvalidInput, KairosError, Missing, NotAllowed, Problem

LARGEST_BYTES = 64 * 1024
FHIR_JSON = "application/fhir+json"
_SCHEME = "bearer "
View = Callable[..., HttpResponse]


def answers_fhir(view: View) -> View:
    """Give a view that devices call: what is refused says what, which value, and which limit."""

    @csrf_exempt
    @functools.wraps(view)
    def answer(request: HttpRequest, **place: Any) -> HttpResponse:
        try:
            reply = view(request, **place)
        except NotAllowed as error:
            reply = fhir_reply(401, outcome("login", [Problem("", str(error))]))
            reply["WWW-Authenticate"] = "Bearer"
        except InvalidInput as error:
            reply = fhir_reply(422, outcome("invalid", error.problems))
        except KairosError as error:
            missing = isinstance(error, Missing)
            told = outcome("not-found" if missing else "processing", [Problem("", str(error))])
            reply = fhir_reply(404 if missing else 409, told)
        reply["Cache-Control"] = "no-store"
        return reply

    return answer


def fhir_reply(status: int, document: dict[str, Any]) -> HttpResponse:
    """Return a document as FHIR JSON."""
    return HttpResponse(orjson.dumps(document), status=status, content_type=FHIR_JSON)


def sender_of(request: HttpRequest) -> SendingDevice:
    """Return the device whose key the request carries.

    Raises
    ------
    NotAllowed    no key, or one of no device
    """
    given = request.headers.get("Authorization", "")
    if not given.lower().startswith(_SCHEME):
        raise NotAllowed("send the device's key in the header: Authorization: Bearer KEY")
    return sending_device(given[len(_SCHEME) :].strip())


def body_of(request: HttpRequest) -> dict[str, Any]:
    """Return the resource that was sent.

    Raises
    ------
    InvalidInput    too large, no JSON, or no resource
    """
    raw = request.read(LARGEST_BYTES + 1)
    if len(raw) > LARGEST_BYTES:
        said = f"larger than {LARGEST_BYTES // 1024} kB; send one Observation at a time"
        raise InvalidInput(Problem("", said))
    try:
        read = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise InvalidInput(Problem("", f"no JSON: line {error.lineno}, column {error.colno}")) from error
    if not isinstance(read, dict):
        raise InvalidInput(Problem("", "no resource; send one Observation"))
    return read
