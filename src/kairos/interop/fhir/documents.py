"""From the bytes of a file to its FHIR entries: gzip, encoding, JSON or NDJSON, Bundle or single resource.

Everything that is wrong is an ``InvalidInput`` that names the place and the cause. Nothing is read
from a file that is not read whole.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import orjson

from kairos.interop.fhir.versions import check_version, is_known_type
from kairos.vocab.errors import InvalidInput, Problem

MAX_DECOMPRESSED_BYTES = 512 * 1024 * 1024
_CHUNK_BYTES = 1024 * 1024
_GZIP_MAGIC = b"\x1f\x8b"
_OTHER_FORMATS = (
    (b"PK\x03\x04", "a zip archive; unpack it first"),
    (b"%PDF", "a PDF document"),
    (b"HEADER RECORD*******LIBRARY", "a SAS transport file"),
    (b"<", "XML or HTML; FHIR is taken as JSON"),
    (b"MSH|", "an HL7 version 2 message"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ", "an xz archive; unpack it first"),
)
_YAML_LINE = re.compile(rb"\A(?:#[^\n]*\n|\s|---)*[\w'\"$ -]+:(?:\s|$)")
_BUNDLE_TYPES = ("transaction", "batch", "collection", "searchset", "document", "history", "message",
                 "transaction-response", "batch-response")  # fmt: skip
_ANSWER_TYPES = ("transaction-response", "batch-response")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One resource of a file, still as bytes: where it stood, what type and id it says it has.

    ``parsed`` is there only where the resource came parsed: a large file is never held twice. Every entry is
    one of its own, whatever another one says.
    """

    file: str
    place: str
    type: str
    id: str
    full_url: str
    data: bytes
    parsed: dict[str, Any] | None = None

    @property
    def resource(self) -> dict[str, Any]:
        """The resource, to be read; parsed anew each time where it came as bytes."""
        return self.parsed if self.parsed is not None else orjson.loads(self.data)

    @property
    def reference(self) -> str:
        """``Type/id``; where there is no id, the address or the place stands for it."""
        return f"{self.type}/{self.id or self.full_url or self.place.replace(' ', '-')}"

    def source_under(self, person: str) -> str:
        """Name the resource so that another version of it has the same name; empty where it has no identity.

        The address of its server and the person's own id there keep equal ids of two sources apart.
        """
        if not self.id and not self.full_url:
            return ""
        server, slash, _ = self.full_url.rpartition(f"/{self.type}/")
        base = server if slash and server.startswith("http") else ""
        return f"{base} {person} {self.type}/{self.id or self.full_url}"


class _Head(msgspec.Struct):
    resourceType: str = ""
    id: str = ""


class _BundleEntry(msgspec.Struct):
    fullUrl: str = ""
    resource: msgspec.Raw = msgspec.Raw(b"")


class _Bundle(msgspec.Struct):
    resourceType: str
    type: str = ""
    entry: list[_BundleEntry] = []


_head = msgspec.json.Decoder(_Head)
_bundle = msgspec.json.Decoder(_Bundle)
_any = msgspec.json.Decoder()


def refused(file: str, message: str) -> InvalidInput:
    """Return the error for a file that cannot be used."""
    return InvalidInput(Problem(file, message))


def entries_of(file: str, raw: bytes) -> list[Entry]:
    """Return the entries of a file.

    Parameters
    ----------
    file : str      the name used in messages
    raw : bytes     the file as it is, gzipped or not

    Raises
    ------
    InvalidInput    empty, truncated, too large, not UTF-8, not JSON, not FHIR, or another FHIR version
    """
    data = _readable(file, unpacked(file, raw))
    first, _, rest = data.lstrip().partition(b"\n")
    if rest.strip() and _is_json_object(first):
        found = [e for line, text in _lines(data) for e in _resource_entries(file, f"line {line}", text)]
    else:
        found = list(_resource_entries(file, "", data))
    if not found:
        raise refused(file, "the Bundle has no entries; nothing to import")
    return found


def entries_given(file: str, given: Iterable[tuple[str, dict[str, Any]]]) -> list[Entry]:
    """Return the entries of resources that were parsed already, each with its address or an empty one.

    Raises
    ------
    InvalidInput    not FHIR, or another FHIR version
    """
    return [_given(file, f"entry {number}", *one) for number, one in enumerate(given)]


def _given(file: str, place: str, full_url: str, resource: dict[str, Any]) -> Entry:
    kind, identifier = resource.get("resourceType", ""), resource.get("id", "")
    if not isinstance(kind, str) or not isinstance(identifier, str):
        raise refused(file, _at(place, "not in the shape of FHIR R4: type and id must be texts"))
    _check_resource(file, place, kind, resource)
    return Entry(file, place, kind, identifier, full_url, orjson.dumps(resource), resource)


def unpacked(file: str, raw: bytes) -> bytes:
    """Return the bytes without gzip, where they are gzipped; bounded in size.

    Raises
    ------
    InvalidInput    damaged, cut off, or larger than the limit
    """
    if not raw.startswith(_GZIP_MAGIC):
        return raw
    out = bytearray()
    rest = raw
    while rest:
        engine = zlib.decompressobj(wbits=31)
        rest = _unpack_member(file, engine, rest, out).lstrip(b"\0")
    return bytes(out)


def _unpack_member(file: str, engine: "zlib._Decompress", data: bytes, out: bytearray) -> bytes:
    try:
        while not engine.eof:
            piece = engine.decompress(data, _CHUNK_BYTES)
            data = engine.unconsumed_tail
            out += piece
            if len(out) > MAX_DECOMPRESSED_BYTES:
                raise refused(
                    file,
                    f"unpacks to more than {MAX_DECOMPRESSED_BYTES // 1024**2} MB; split it up",
                )
            if not piece and not data and not engine.eof:
                raise refused(file, "the gzip data end too early; the file was cut off: transfer it again")
    except zlib.error as error:
        raise refused(file, "the gzip data are damaged; transfer the file again") from error
    return engine.unused_data


def _readable(file: str, data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused(file, "the text is UTF-16; FHIR JSON is UTF-8: save it as UTF-8")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise refused(file, "the file is empty")
    for start, name in _OTHER_FORMATS:
        if data.lstrip().startswith(start):
            raise refused(file, f"not FHIR JSON but {name}")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refused(
            file, f"not UTF-8 text: byte {error.start} (line {line}) is no valid character"
        ) from error
    if data.lstrip()[:1] not in (b"{", b"["):
        kind = "it looks like YAML" if _YAML_LINE.search(data) else "is it CSV or plain text?"
        raise refused(file, f"not JSON: a FHIR file begins with '{{' ({kind})")
    return data


def _is_json_object(line: bytes) -> bool:
    try:
        return isinstance(_any.decode(line), dict)
    except (msgspec.DecodeError, RecursionError):
        return False


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            yield number, line


def _resource_entries(file: str, place: str, data: bytes) -> Iterator[Entry]:
    value = _parsed(file, place, data)
    if value.resourceType == "Bundle":
        yield from _bundle_entries(file, place, data)
    else:
        yield _entry(file, place or "the resource", "", data)


def _parsed(file: str, place: str, data: bytes) -> _Head:
    try:
        value = _any.decode(data)
    except RecursionError as error:
        raise refused(file, _at(place, "JSON nested too deeply to be FHIR")) from error
    except msgspec.DecodeError as error:
        raise refused(file, _at(place, _json_fault(data, str(error), whole=not place))) from error
    if not isinstance(value, dict):
        raise refused(file, _at(place, "JSON, but not FHIR: a list or value where a resource should stand"))
    if not isinstance(value.get("resourceType"), str) or not value["resourceType"]:
        raise refused(file, _at(place, "JSON, but not FHIR: there is no resourceType"))
    return _Head(value["resourceType"])


def _bundle_entries(file: str, place: str, data: bytes) -> Iterator[Entry]:
    try:
        bundle = _bundle.decode(data)
    except msgspec.ValidationError as error:
        raise refused(file, _at(place, f"the Bundle is not in the shape of FHIR R4: {error}")) from error
    if bundle.type not in _BUNDLE_TYPES:
        raise refused(file, _at(place, f"the Bundle's type is {bundle.type!r}, which FHIR R4 does not know"))
    if bundle.type in _ANSWER_TYPES:
        raise refused(file, _at(place, f"the Bundle is a server's {bundle.type}, not a record"))
    entries = list(enumerate(bundle.entry))
    if bundle.type == "history":  # newest first; read as they happened, so that the newest comes last
        entries.reverse()
    for position, held in entries:
        if bytes(held.resource):
            where = ", ".join(part for part in (place, f"entry {position}") if part)
            yield _entry(file, where, held.fullUrl, bytes(held.resource))


def _entry(file: str, place: str, full_url: str, data: bytes) -> Entry:
    try:
        head = _head.decode(data)
    except msgspec.ValidationError as error:
        raise refused(file, _at(place, f"not in the shape of FHIR R4: {error}")) from error
    _check_resource(file, place, head.resourceType, _any.decode(data) if head.resourceType else {})
    return Entry(file, place, head.resourceType, head.id, full_url, data)


def _check_resource(file: str, place: str, kind: str, resource: dict[str, Any]) -> None:
    if not kind:
        raise refused(file, _at(place, "there is no resourceType"))
    check_version(file, place, resource)
    if not is_known_type(kind):
        raise refused(file, _at(place, f"{kind[:60]!r} is not a resource type of FHIR R4"))


def _json_fault(data: bytes, message: str, *, whole: bool) -> str:
    cause = message.removeprefix("JSON is malformed: ").removeprefix("Input data was ")
    byte = message.rpartition("(byte ")[2].rstrip(")")
    if not byte.isdigit():
        line = data.count(b"\n") + 1
        return f"broken JSON: {cause} after byte {len(data)}" + (f" (line {line})" if whole else "")
    line = data.count(b"\n", 0, int(byte)) + 1
    return f"broken JSON: {cause}" + (f", line {line}" if whole else "")


def _at(place: str, message: str) -> str:
    return f"{place}: {message}" if place else message
