"""The files of a release as one block of bytes, whose hash is the release's version."""

import zlib
from collections.abc import Iterator
from uuid import NAMESPACE_OID, UUID, uuid5

from kairos.content.loader import ContentFile, ContentSource
from kairos.vocab.errors import NotInForce

_END = b"\0"


def pack(source: ContentSource) -> bytes:
    """Return the files of a release, compressed: the bytes that the version is the hash of."""
    return zlib.compress(source.told, level=9)


def registration_id(version: str) -> UUID:
    """Return the command id of registering a release: any number of processes at once is one registration."""
    return uuid5(NAMESPACE_OID, f"kairos content {version}")


def unpack(packed: bytes, version: str) -> ContentSource:
    """Return the files that were packed.

    Raises
    ------
    NotInForce    the bytes are not those of this version
    """
    try:
        source = ContentSource(tuple(_files(zlib.decompress(packed))))
    except (zlib.error, ValueError):
        source = ContentSource(())
    if source.version != version:
        raise NotInForce(
            f"what is kept as content {version[:12]} is not its files; restore them from a backup"
        )
    return source


def _files(told: bytes) -> Iterator[ContentFile]:
    at = 0
    while at < len(told):
        path_ends = told.index(_END, at)
        length_ends = told.index(_END, path_ends + 1)
        path, length = told[at:path_ends].decode(), int(told[path_ends + 1 : length_ends])
        at = length_ends + 1 + length
        yield ContentFile(path, told[length_ends + 1 : at])
