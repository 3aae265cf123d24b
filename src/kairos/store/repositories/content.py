"""Which content is in force for a programme: the release it signed last, and its own values over it.

Read within the transaction that decides, so that processes never disagree. Where nobody has signed yet,
the newest registered release is in force, and not signed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import connection
from django.db.models.functions import Now

from kairos.store.ids import new_id
from kairos.store.records.content import ContentRelease as ReleaseRecord
from kairos.store.records.content import ContentReview as ReviewRecord
from kairos.store.records.content import ContentSignature as SignatureRecord
from kairos.store.records.content import OwnProtocol as OwnProtocolRecord
from kairos.store.records.content import ProgrammeValue as ValueRecord
from kairos.store.repositories.rows import to_columns, to_value, to_values
from kairos.store.scope import check_within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class ProgrammeValue:
    """A programme's own value over a parameter, from a day on; ``None`` gives it back to the release."""

    id: UUID
    programme_id: UUID
    parameter: str
    in_force_from: date
    value: float | None
    unit: str
    basis: str
    source: str
    by: UUID
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReviewedParameter:
    """What was decided about one parameter of a release: as released, or a value of the programme's own."""

    programme_id: UUID
    version: str
    parameter: str
    value: float | None
    reason: str
    by: UUID
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ContentSignature:
    """A signature under a release and the values over it, as they were."""

    id: UUID
    programme_id: UUID
    version: str
    overlay_version: str
    signed_by: UUID
    signed_at: datetime
    values: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class OwnProtocol:
    """A programme's own copy of a protocol, and the release it was checked under; no text ends it."""

    id: UUID
    programme_id: UUID
    copies: str
    version: int
    release: str
    text: str
    reason: str
    by: UUID
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PairInForce:
    """The pair that every stored judgement names, its values, and whether it stands as it was signed."""

    release: str
    overlay: str
    values: tuple[ProgrammeValue, ...] = ()
    is_signed: bool = False
    protocols: tuple[OwnProtocol, ...] = ()

    @property
    def may_dose(self) -> bool:
        """Whether somebody may be dosed under it: in production only where it is signed."""
        return self.is_signed or not getattr(settings, "KAIROS_REFUSES_UNSIGNED", True)


@dataclass(frozen=True, slots=True)
class KeptReview:
    """What is kept of a programme's review of a release: the pair in force meanwhile, the release signed last
    (empty where none was), and the newest decision about each parameter.
    """

    pair: PairInForce
    signed_version: str
    decided: Mapping[str, ReviewedParameter]


_TOLD = ("parameter", "in_force_from", "value", "unit", "basis", "source", "reason")
_IN_FORCE = """
    SELECT (SELECT version FROM store_contentrelease WHERE in_force_from <= statement_timestamp()
            ORDER BY in_force_from DESC, recorded_at DESC LIMIT 1),
           (SELECT version || '/' || overlay_version FROM store_contentsignature WHERE programme_id = %s
            ORDER BY recorded_at DESC, id DESC LIMIT 1),
           (SELECT coalesce(json_agg(v ORDER BY parameter, in_force_from), '[]')::text
            FROM store_programmevalue v WHERE programme_id = %s),
           (SELECT coalesce(json_agg(p), '[]')::text
            FROM (SELECT DISTINCT ON (copies) id, programme_id, copies, version, release, text, reason, by
                  FROM store_ownprotocol WHERE programme_id = %s ORDER BY copies, version DESC) p)
"""


def register_release(
    version: str, *, by: UUID, files: bytes | None = None, in_force_from: datetime | None = None
) -> bool:
    """Register the hash of a release and its files once; false where it is known."""
    _, is_new = ReleaseRecord.objects.get_or_create(
        version=version, defaults={"in_force_from": in_force_from or Now(), "by": by, "files": files}
    )
    return is_new


def newest_release() -> str:
    """Return the version registered last; empty where none is."""
    rows = ReleaseRecord.objects.filter(in_force_from__lte=Now()).order_by("-in_force_from", "-recorded_at")
    return rows.values_list("version", flat=True).first() or ""


def files_of(version: str) -> bytes | None:
    """Return the packed files of a release, where they are kept."""
    packed = ReleaseRecord.objects.filter(version=version).values_list("files", flat=True).first()
    return None if packed is None else bytes(packed)


def content_in_force(scope: Scope, programme_id: UUID) -> PairInForce:
    """Return the release and overlay in force now, read within the transaction.

    The release is empty where none was registered: then it is the one a process ships with.
    """
    if programme_id not in scope.programme_ids:
        return PairInForce("", "")
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, [programme_id, programme_id, programme_id])
        newest, signed, held, copied = cursor.fetchone()
    values = tuple(_read(programme_id, each) for each in msgspec.json.decode(held))
    protocols = msgspec.json.decode(copied, type=tuple[OwnProtocol, ...])
    overlay = overlay_version(values)
    if signed is None:
        return PairInForce(newest or "", overlay, values, protocols=protocols)
    version, _, signed_overlay = signed.partition("/")
    return PairInForce(version, overlay, values, signed_overlay == overlay, protocols)


def hold_signing(programme_id: UUID) -> None:
    """Let one signature at a time be given for a programme, until the transaction ends."""
    with connection.cursor() as cursor:
        key = f"sign_content/{programme_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def sign(scope: Scope, signature: ContentSignature) -> None:
    """Keep a signature with the values in force under it."""
    check_within(scope, signature.programme_id, scope.patient_id)
    columns = to_columns(signature, "values")
    told = [_told(value) for value in overlay_of(scope, signature.programme_id)]
    SignatureRecord.objects.create(**columns, values=told)


def newest_signature(scope: Scope, programme_id: UUID) -> ContentSignature | None:
    """Return the newest signature of a programme, if there is one."""
    rows = SignatureRecord.objects.filter(programme_id=programme_id, programme_id__in=scope.programme_ids)
    row = rows.order_by("-recorded_at", "-id").first()
    return to_value(ContentSignature, row) if row else None


def signatures_of(scope: Scope, programme_id: UUID) -> tuple[ContentSignature, ...]:
    """Return the signatures of a programme, newest first."""
    rows = SignatureRecord.objects.filter(programme_id=programme_id, programme_id__in=scope.programme_ids)
    return to_values(ContentSignature, rows.order_by("-recorded_at", "-id"))


def signed_values(scope: Scope, programme_id: UUID, overlay: str) -> tuple[ProgrammeValue, ...]:
    """Return the values of a past overlay by its version; nothing where no signature names it."""
    if not overlay:
        return ()
    rows = SignatureRecord.objects.filter(programme_id=programme_id, programme_id__in=scope.programme_ids)
    told = rows.filter(overlay_version=overlay).values_list("values", flat=True).first() or []
    return tuple(_read(programme_id, each) for each in told)


def keep_review(scope: Scope, reviewed: Iterable[ReviewedParameter]) -> None:
    """Keep what was decided about parameters; the newest decision about each counts."""
    rows = tuple(reviewed)
    for each in rows:
        check_within(scope, each.programme_id, scope.patient_id)
    ReviewRecord.objects.bulk_create(
        ReviewRecord(id=new_id(), **to_columns(each, "recorded_at")) for each in rows
    )


def review_of(scope: Scope, programme_id: UUID, version: str) -> dict[str, ReviewedParameter]:
    """Return the newest decision about each parameter of a release."""
    rows = ReviewRecord.objects.filter(programme_id=programme_id, programme_id__in=scope.programme_ids)
    found = to_values(ReviewedParameter, rows.filter(version=version).order_by("recorded_at", "id"))
    return {each.parameter: each for each in found}


def kept_review(scope: Scope, programme_id: UUID, version: str) -> KeptReview:
    """Return what is kept of a programme's review of a release."""
    signature = newest_signature(scope, programme_id)
    return KeptReview(
        pair=content_in_force(scope, programme_id),
        signed_version=signature.version if signature else "",
        decided=review_of(scope, programme_id, version),
    )


def set_value(scope: Scope, value: ProgrammeValue) -> None:
    """Set a programme's own value from a day on; the version before is kept."""
    check_within(scope, value.programme_id, scope.patient_id)
    names = {name: getattr(value, name) for name in ("programme_id", "parameter", "in_force_from")}
    changes = to_columns(value, "id", *names)
    ValueRecord.objects.update_or_create(
        **names, defaults=changes, create_defaults=changes | {"id": value.id}
    )


def keep_own_protocol(scope: Scope, own: OwnProtocol) -> None:
    """Keep a copy of a protocol; it is in force with the commit."""
    check_within(scope, own.programme_id, scope.patient_id)
    OwnProtocolRecord.objects.create(**to_columns(own, "recorded_at"))


def own_protocols_of(scope: Scope, programme_id: UUID) -> tuple[OwnProtocol, ...]:
    """Return every copy that a programme ever had, newest first."""
    rows = OwnProtocolRecord.objects.filter(programme_id=programme_id, programme_id__in=scope.programme_ids)
    return to_values(OwnProtocol, rows.order_by("copies", "-version"))


def own_protocol(scope: Scope, programme_id: UUID, copies: str, version: int) -> OwnProtocol | None:
    """Return one version of a programme's copy of a protocol."""
    rows = OwnProtocolRecord.objects.filter(programme_id=programme_id, programme_id__in=scope.programme_ids)
    row = rows.filter(copies=copies, version=version).first()
    return to_value(OwnProtocol, row) if row else None


def overlay_of(scope: Scope, programme_id: UUID) -> tuple[ProgrammeValue, ...]:
    """Return all own values of a programme, by parameter and day."""
    rows = ValueRecord.objects.filter(programme_id=programme_id, programme_id__in=scope.programme_ids)
    return to_values(ProgrammeValue, rows.order_by("parameter", "in_force_from"))


def overlay_version(values: tuple[ProgrammeValue, ...]) -> str:
    """Return the hash that names an overlay; empty for a programme without values of its own."""
    if not values:
        return ""
    told = [_told(value) for value in values]
    return sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()


def _told(value: ProgrammeValue) -> dict[str, Any]:
    number = None if value.value is None else float(value.value)
    told = {name: getattr(value, name) for name in _TOLD}
    return told | {"in_force_from": value.in_force_from.isoformat(), "value": number}


def _read(programme_id: UUID, told: Mapping[str, Any]) -> ProgrammeValue:
    given = {name: told[name] for name in _TOLD} | {
        "in_force_from": date.fromisoformat(told["in_force_from"])
    }
    nobody = UUID(int=0)
    return ProgrammeValue(
        id=UUID(told.get("id", str(nobody))),
        programme_id=programme_id,
        by=UUID(told.get("by", str(nobody))),
        **given,
    )
