"""The sealer: links committed audit events into blocks, each carrying the hash of the one before.

An event may be linked once its transaction id lies below the oldest transaction still open: then no
transaction can later commit in front of it. Ids of transactions start anew in a restored database;
``low_xid`` of the last block lies above them then, and everything not yet linked is looked for.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.db import connection, transaction

from kairos.store.records.audit import AuditBlock, AuditLink
from kairos.store.repositories.rows import insert_many
from kairos.store.scope import whole_audit

_LOCK = 7_204_311  # any number that no other advisory lock of ours has
LARGEST_BLOCK = 5_000
HEADS = "audit-heads.jsonl"


@dataclass(frozen=True, slots=True)
class Head:
    """The newest block: its number and hash. Number 0 with no hash: nothing is sealed yet."""

    seq: int
    hash: str


def seal() -> Head:
    """Link what is committed and not linked yet; return the newest head.

    One sealer works at a time; another one that tries meanwhile leaves it the work. The head goes to the
    file outside the database after the block is committed.
    """
    with whole_audit():
        head = _seal_locked() if _take_lock() else newest_head()
        if head.seq:
            transaction.on_commit(lambda: _append_head(head))
    return head


def newest_head() -> Head:
    """Return the newest block's number and hash."""
    last = AuditBlock.objects.order_by("-seq").first()
    return Head(last.seq, bytes(last.hash).hex()) if last else Head(0, "")


def block_hash(previous: bytes, seq: int, digests: Sequence[bytes]) -> bytes:
    """Return the hash of a block: over the one before, its number, and its rows' digests in order."""
    return sha256(b"%s|%d|%d|%s" % (previous, seq, len(digests), b"".join(digests))).digest()


def heads_file() -> Path:
    """Return the file outside the database that keeps every head."""
    return Path(settings.KAIROS_HOME) / HEADS


def kept_heads() -> list[Head]:
    """Return the heads kept outside the database, oldest first; a line half written is left out."""
    path = heads_file()
    lines = path.read_bytes().splitlines() if path.exists() else []
    return [head for line in lines if (head := _parse_head(line))]


def _parse_head(line: bytes) -> Head | None:
    try:
        return msgspec.json.decode(line, type=Head)
    except msgspec.MsgspecError:
        return None


def _take_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


_UNLINKED = """
    SELECT e.id, e.digest, e.xid::text, pg_snapshot_xmin(pg_current_snapshot())::text
    FROM store_auditevent e
    WHERE e.xid >= %s::text::xid8
      AND (e.xid < pg_snapshot_xmin(pg_current_snapshot())
           OR e.xid >= pg_snapshot_xmax(pg_current_snapshot()))
      AND NOT EXISTS (SELECT FROM store_auditlink l WHERE l.event = e.id)
    ORDER BY e.xid, e.id LIMIT %s
"""
_INSERT_BLOCK = """
    INSERT INTO store_auditblock (seq, previous_hash, hash, row_count, low_xid)
    VALUES (%s, %s, %s, %s, %s::text::xid8)
"""


def _seal_locked() -> Head:
    last = AuditBlock.objects.order_by("-seq").first()
    rows, low_xid = _unlinked(int(last.low_xid) if last else 0)
    if not rows:
        return newest_head()
    seq, previous = (last.seq + 1, bytes(last.hash)) if last else (1, b"")
    digests = [bytes(row[1]) for row in rows]
    insert_many(
        AuditLink,
        [
            {"event": row[0], "block": seq, "place": place, "digest": bytes(row[1])}
            for place, row in enumerate(rows, start=1)
        ],
    )
    digest = block_hash(previous, seq, digests)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_BLOCK, [seq, previous, digest, len(rows), str(low_xid)])
    return Head(seq, digest.hex())


def _unlinked(low_xid: int) -> tuple[list[Any], int]:
    """Return the events to link, in order, and the transaction id from which the next block looks on.

    A visible event at or above the snapshot's end was written in another cluster, before a restore.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        is_restored = low_xid > cursor.fetchone()[0]
        cursor.execute(_UNLINKED, ["0" if is_restored else str(low_xid), LARGEST_BLOCK])
        rows = cursor.fetchall()
    if len(rows) < LARGEST_BLOCK:
        return rows, int(rows[-1][3]) if rows else low_xid
    # A full block may have left rows of its last transaction behind: the next one starts there.
    return rows, low_xid if is_restored else min(int(rows[-1][3]), int(rows[-1][2]))


def _append_head(head: Head) -> None:
    path = heads_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if kept_newest() == head:
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, msgspec.json.encode(head) + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)


def kept_newest() -> Head | None:
    """Return the head written last outside the database."""
    path = heads_file()
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 1_000))
        heads = [head for line in file.read().splitlines() if (head := _parse_head(line))]
    return heads[-1] if heads else None
