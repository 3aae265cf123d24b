"""What a device posts, and what it reads back: by its own key, and nothing of any person."""

from dataclasses import asdict
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kairos.actions.receive_device_reading import Received, receive_device_reading
from kairos.content.release import load_release
from kairos.interop.fhir.device_answers import kept_observation, with_value
from kairos.interop.fhir.understanding import Reader
from kairos.interop.fhir.vital_signs import SentReading, read_vital_signs
from kairos.queries.devices import SendingDevice, known_reading, reading_sent
from kairos.vocab.errors import InvalidInput, Problem
from kairos.web.access import allow
from kairos.web.devices.callers import answers_fhir, body_of, fhir_reply, sender_of
from kairos.web.forms import new_id

_BY_KEY = "a device; every call carries the device's own key"


@answers_fhir
@require_POST
@allow(public=True, reason=_BY_KEY)
def take_observation(request: HttpRequest) -> HttpResponse:
    """Keep a reading once; answer where it is kept."""
    device = sender_of(request)
    sent = read_vital_signs(body_of(request), Reader(load_release().concepts))
    found = known_reading(device_id=device.device_id, reading=sent.reading, by=device.actor)
    received = Received(found.id, None, is_repeat=True) if found else _receive(request, device, sent)
    values = {name: value for name, value in asdict(sent.reading).items() if isinstance(value, float)}
    document = kept_observation(
        received.reading_id,
        values,
        device=device.name,
        device_at=sent.reading.true_at,
        identifier=sent.identifier,
    )
    reply = fhir_reply(200 if received.is_repeat else 201, document)
    reply["Location"] = request.build_absolute_uri(reverse("device_reading", args=[received.reading_id]))
    return reply


@answers_fhir
@require_GET
@allow(public=True, reason=_BY_KEY)
def show_observation(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Show a device what was kept of its reading."""
    device = sender_of(request)
    kept = reading_sent(device_id=device.device_id, reading_id=reading_id, by=device.actor)
    return fhir_reply(
        200,
        kept_observation(
            kept.id, kept.values, device=device.name, device_at=kept.device_at, identifier=kept.identifier
        ),
    )


def _receive(request: HttpRequest, device: SendingDevice, sent: SentReading) -> Received:
    try:
        return receive_device_reading(
            device_id=device.device_id,
            reading=sent.reading,
            sent_at=_sent_at(request),
            identifier=sent.identifier,
            command_id=_command_id(request),
            by=device.actor,
            now=timezone.now(),
        )
    except InvalidInput as error:
        values: dict[str, Any] = asdict(sent.reading)
        raise InvalidInput(*(with_value(each, values) for each in error.problems)) from error


def _sent_at(request: HttpRequest) -> datetime | None:
    """Return what the device's clock showed when it sent, where it says so in the ``Date`` header."""
    try:
        read = parsedate_to_datetime(request.headers.get("Date", ""))
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _command_id(request: HttpRequest) -> UUID:
    given = request.headers.get("Kairos-Command-Id", "")
    try:
        return UUID(given) if given else new_id()
    except ValueError as error:
        raise InvalidInput(Problem("Kairos-Command-Id", "must be a UUID, a new one each reading")) from error
