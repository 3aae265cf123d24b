"""Recomputes the sealed audit from the first block on, in Python, and names the first thing wrong."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from itertools import groupby
from typing import Any

from django.db import connection

from kairos.store.records.audit import AuditBlock
from kairos.store.scope import whole_audit
from kairos.store.seal import Head, block_hash, kept_heads, newest_head

SEALED_WITHIN = timedelta(seconds=5)
_BLOCKS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Bad:
    """The first thing found wrong: what, and the event or block it is about."""

    what: str
    event: str | None = None
    block: int | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """The answer of ``kairos audit verify``. ``head`` is the newest block's hash."""

    ok: bool
    rows: int
    blocks: int
    unsealed: int
    first_bad: Bad | None
    head: str


def verify() -> Verified:
    """Recompute every digest and hash, and compare the newest with the heads kept outside."""
    with whole_audit():
        rows, unsealed, blocks = _counts()
        first_bad = next(_all_that_is_wrong(), None)
        return Verified(
            ok=first_bad is None,
            rows=rows,
            blocks=blocks,
            unsealed=unsealed,
            first_bad=first_bad,
            head=newest_head().hash,
        )


def count_unsealed() -> int:
    """Return how many events are not linked into the chain yet."""
    with whole_audit():
        return _counts()[1]


def _all_that_is_wrong() -> Iterator[Bad]:
    heads = kept_heads()  # read first: a block sealed meanwhile must not look cut off
    yield from _wrong_blocks()
    yield from _wrong_heads(heads)
    yield from _wrong_unsealed()


_COLUMNS = """
    e.id::text, e.xid::text, (extract(epoch FROM e.recorded_at) * 1000000)::bigint::text, e.actor::text,
    e.roles, e.action, e.organisation::text, e.programme_id::text, e.person_id::text, e.subject, e.why,
    e.details::text, e.command::text, e.digest
"""
_LINKED = f"""
    SELECT l.block, l.event::text, l.digest, {_COLUMNS}
    FROM store_auditlink l LEFT JOIN store_auditevent e ON e.id = l.event
    WHERE l.block BETWEEN %s AND %s ORDER BY l.block, l.place
"""  # nosec B608
_UNSEALED = f"""
    SELECT e.recorded_at < clock_timestamp() - make_interval(secs => %s), {_COLUMNS}
    FROM store_auditevent e
    WHERE NOT EXISTS (SELECT FROM store_auditlink l WHERE l.event = e.id)
    ORDER BY e.recorded_at, e.id
"""  # nosec B608


def event_digest(columns: Iterable[str | None]) -> bytes:
    """Return the digest of an event, as the database computed it when the event was written."""
    return sha256(json.dumps(list(columns), ensure_ascii=False).encode()).digest()


def _wrong_blocks() -> Iterator[Bad]:
    """Yield what is wrong in the blocks, in order."""
    previous = b""
    expected = 1
    blocks = list(AuditBlock.objects.order_by("seq").values_list("seq", "previous_hash", "hash", "row_count"))
    for start in range(0, len(blocks), _BLOCKS_AT_ONCE):
        batch = blocks[start : start + _BLOCKS_AT_ONCE]
        linked = _linked(batch[0][0], batch[-1][0])
        for seq, said_previous, said_hash, row_count in batch:
            if seq != expected or bytes(said_previous) != previous:
                yield Bad("a block is missing before this one, or its chain was changed", block=seq)
            rows = linked.get(seq, [])
            yield from _wrong_rows(seq, rows)
            digests = [bytes(row[2]) for row in rows]
            if len(rows) != row_count or block_hash(previous, seq, digests) != bytes(said_hash):
                yield Bad("rows of this block are missing or in another order", block=seq)
            previous, expected = bytes(said_hash), seq + 1


def _linked(first: int, last: int) -> dict[int, list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_LINKED, [first, last])
        rows = cursor.fetchall()
    return {block: list(group) for block, group in groupby(rows, key=lambda row: row[0])}


def _wrong_rows(seq: int, rows: list[Any]) -> Iterator[Bad]:
    for _, event, sealed, *columns, digest in rows:
        if digest is None:
            yield Bad("missing: it was sealed and is gone", event, seq)
        elif not event_digest(columns) == bytes(digest) == bytes(sealed):
            yield Bad("changed after it was written", event, seq)


def _wrong_heads(heads: list[Head]) -> Iterator[Bad]:
    """Compare the heads kept outside with the blocks: a cut-off end, or a chain computed anew."""
    ours = dict(AuditBlock.objects.values_list("seq", "hash"))
    for head in heads:
        if head.seq not in ours:
            yield Bad("cut off: this block was sealed and is gone", block=head.seq)
        elif bytes(ours[head.seq]).hex() != head.hash:
            yield Bad("this block is not the one that was sealed", block=head.seq)


def _wrong_unsealed() -> Iterator[Bad]:
    with connection.cursor() as cursor:
        cursor.execute(_UNSEALED, [SEALED_WITHIN.total_seconds()])
        for is_late, *columns, digest in cursor.fetchall():
            if event_digest(columns) != bytes(digest):
                yield Bad("changed before it was sealed", columns[0])
            elif is_late:
                yield Bad(f"not sealed within {SEALED_WITHIN.seconds} s of being written", columns[0])


def _counts() -> tuple[int, int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (SELECT count(*) FROM store_auditevent),
                (SELECT count(*) FROM store_auditevent e
                 WHERE NOT EXISTS (SELECT FROM store_auditlink l WHERE l.event = e.id)),
                (SELECT count(*) FROM store_auditblock)
            """
        )
        rows, unsealed, blocks = cursor.fetchone()
    return rows, unsealed, blocks
