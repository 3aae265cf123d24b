"""Which content is in force: the newest registered release, and a programme's own values over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db.models.functions import Now

from kairos.domain.evidence.citations import Basis, Certainty
from kairos.domain.evidence.parameters import ParameterValue
from kairos.store.records.content import ContentRelease as ReleaseRecord
from kairos.store.records.content import ProgrammeValue as ValueRecord
from kairos.store.repositories.rows import to_columns, to_values
from kairos.store.scope import check_within
from kairos.vocab.errors import NotInForce
from kairos.vocab.people import Scope
from kairos.vocab.quantities import Quantity


@dataclass(frozen=True, slots=True)
class ProgrammeValue:
    """A programme's own value over a parameter, from a day on."""

    id: UUID
    programme_id: UUID
    parameter: str
    in_force_from: date
    value: Any
    unit: str
    basis: str
    source: str
    by: UUID


class ContentInForce(NamedTuple):
    """The pair that every stored judgement names: the release, and the programme's overlay."""

    release: str
    overlay: str


def register_release(version: str, *, in_force_from: datetime, by: UUID) -> bool:
    """Register the hash of a release once; false where it is known. The newest in force is the one used."""
    _, is_new = ReleaseRecord.objects.get_or_create(
        version=version, defaults={"in_force_from": in_force_from, "by": by}
    )
    return is_new


def content_in_force(scope: Scope, programme_id: UUID) -> ContentInForce:
    """Return the release and overlay in force now, read within the transaction.

    Raises
    ------
    NotInForce    no release was registered
    """
    rows = ReleaseRecord.objects.filter(in_force_from__lte=Now()).order_by("-in_force_from", "-recorded_at")
    version = rows.values_list("version", flat=True).first()
    if version is None:
        raise NotInForce("no content release is registered; run 'kairos serve' once, which registers its own")
    return ContentInForce(version, overlay_version(overlay_of(scope, programme_id)))


def set_value(scope: Scope, value: ProgrammeValue) -> None:
    """Set a programme's own value from a day on; the version before is kept."""
    check_within(scope, value.programme_id, scope.patient_id)
    names = {name: getattr(value, name) for name in ("programme_id", "parameter", "in_force_from")}
    changes = to_columns(value, "id", *names)
    ValueRecord.objects.update_or_create(
        **names, defaults=changes, create_defaults=changes | {"id": value.id}
    )


def overlay_of(scope: Scope, programme_id: UUID) -> tuple[ProgrammeValue, ...]:
    """Return all own values of a programme, by parameter and day."""
    rows = ValueRecord.objects.filter(programme_id=programme_id, programme_id__in=scope.programme_ids)
    return to_values(ProgrammeValue, rows.order_by("parameter", "in_force_from"))


def own_values(scope: Scope, programme_id: UUID) -> tuple[ParameterValue, ...]:
    """Return a programme's own values as parameters, to lay over those of a release."""
    return tuple(
        ParameterValue(
            id=value.parameter,
            quantity=Quantity(float(value.value), value.unit),
            from_day=value.in_force_from,
            sources=(value.source,),
            basis=Basis(value.basis),
            certainty=Certainty.DEFAULT,
        )
        for value in overlay_of(scope, programme_id)
    )


def overlay_version(values: tuple[ProgrammeValue, ...]) -> str:
    """Return the hash that names an overlay; empty for a programme without values of its own."""
    if not values:
        return ""
    told: list[Mapping[str, Any]] = [to_columns(value, "id", "programme_id", "by") for value in values]
    return sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()
