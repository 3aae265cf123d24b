"""Take in one HL7 v2 message and answer it. Nothing that a message holds ends the process or is logged."""

from uuid import uuid4

from django.db import close_old_connections
from django.utils import timezone

from kairos.actions.receive_device_reading import receive_device_reading
from kairos.content.release import load_release
from kairos.interop.fhir.understanding import Reader
from kairos.interop.hl7v2.messages import (
    ACCEPTED,
    ERROR,
    REJECTED,
    Segment,
    acknowledgement,
    read_segments,
)
from kairos.interop.hl7v2.results import read_results
from kairos.queries.accounts import system_actors
from kairos.queries.devices import SendingDevice, device_called, known_reading
from kairos.vocab.errors import InvalidInput, KairosError, Missing


def take(raw: bytes) -> str:
    """Return the answer to a message: AA, AE with what is wrong in it, or AR where it was not taken."""
    control_id = sender = ""
    try:
        close_old_connections()
        segments = read_segments(raw.decode())
        control_id, sender = segments[0].field(10), segments[0].parts(3)[0]
        _keep(segments, _device(sender))
        code, said = ACCEPTED, ""
    except InvalidInput as error:
        code, said = ERROR, str(error)
    except KairosError as error:
        code, said = REJECTED, str(error)
    except UnicodeDecodeError:
        code, said = REJECTED, "the message is no UTF-8 text; set the sender's character set"
    except Exception as error:
        code, said = REJECTED, "the message could not be taken now; send it again"
        print(f"kairos: mllp: {type(error).__name__}", flush=True)
    return acknowledgement(code, control_id, said, sender=sender, now=timezone.now())


def _device(sender: str) -> SendingDevice:
    found = [device_called(sender=sender, by=actor) for actor in system_actors()]
    known = [each for each in found if each is not None]
    if len(known) != 1:
        raise Missing("no device of this name (MSH-3) is registered; see 'kairos device register --sender'")
    return known[0]


def _keep(segments: tuple[Segment, ...], device: SendingDevice) -> None:
    results = read_results(segments, Reader(load_release().concepts))
    for reading in results.readings:
        if known_reading(device_id=device.device_id, reading=reading, by=device.actor) is None:
            receive_device_reading(
                device_id=device.device_id,
                reading=reading,
                sent_at=results.sent_at,
                identifier="",
                command_id=uuid4(),
                by=device.actor,
                now=timezone.now(),
            )
