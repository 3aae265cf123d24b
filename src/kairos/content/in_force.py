"""The content in force for one programme: a release, the programme's own values over it, and who signed both.

Which pair that is stands in the database (``store/repositories/content.py``); here it becomes rules and
numbers. A release that a process did not ship with is built from the files the database keeps.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Protocol

from kairos.content.loader import ContentError, ContentSource, read_source
from kairos.content.own_protocols import read_own_protocol
from kairos.content.packing import unpack
from kairos.content.release import ContentRelease, build_release, load_release
from kairos.domain.evidence.citations import Basis, Certainty
from kairos.domain.evidence.parameters import ParameterBook, ParameterValue
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.vocab.errors import InvalidInput, NotInForce
from kairos.vocab.quantities import Quantity

OWN_VALUE_SOURCE = "programme-own-value"
"""The citation of every value that a programme set itself; its reason is kept beside the value."""

OWN_FROM = 1000
"""Copies of a programme are numbered from here on, so that their numbers are never those of a release."""

_BUILT: dict[str, ContentRelease] = {}


class KeptValue(Protocol):
    """A programme's own value as it is kept."""

    @property
    def parameter(self) -> str:
        """Over which parameter."""

    @property
    def in_force_from(self) -> date:
        """From which day on."""

    @property
    def value(self) -> float | None:
        """The number; without one the release's holds again."""

    @property
    def unit(self) -> str:
        """Its UCUM unit."""


@dataclass(frozen=True, slots=True)
class OwnValue:
    """A programme's own value over a parameter from a day on; without one the release's holds again."""

    parameter: str
    in_force_from: date
    quantity: Quantity | None

    @classmethod
    def of(cls, kept: KeptValue) -> "OwnValue":
        """Return a kept value as a quantity."""
        quantity = None if kept.value is None else Quantity(float(kept.value), kept.unit)
        return cls(kept.parameter, kept.in_force_from, quantity)


@dataclass(frozen=True, slots=True)
class ContentInForce:
    """The release and the numbers that hold for a programme, and the versions that name the pair."""

    release: ContentRelease
    parameters: ParameterBook
    overlay_version: str = ""
    is_signed: bool = False

    @property
    def version(self) -> str:
        """The version of the release."""
        return self.release.version


class KeptProtocol(Protocol):
    """A programme's own copy of a protocol as it is kept."""

    @property
    def copies(self) -> str:
        """The protocol of the release that it stands in place of."""

    @property
    def version(self) -> int:
        """Its own number."""

    @property
    def text(self) -> str:
        """What it changes; empty where the release's holds again."""


class KeptPair(Protocol):
    """The pair in force for a programme as it is kept: a release, and the programme's values over it."""

    @property
    def release(self) -> str:
        """The version of the release; empty for the one that ships with the program."""

    @property
    def overlay(self) -> str:
        """The version of the values."""

    @property
    def values(self) -> Iterable[KeptValue]:
        """The programme's own values."""

    @property
    def is_signed(self) -> bool:
        """Whether the pair stands as it was signed."""

    @property
    def protocols(self) -> Iterable[KeptProtocol]:
        """The programme's own copies of protocols, one each."""


KeptFiles = Callable[[str], bytes | None]


def release_of(version: str, kept: KeptFiles) -> ContentRelease:
    """Return a release by its version; the empty version is the one that ships with this program.

    Parameters
    ----------
    kept : function    from a version to the files that the database keeps of it

    Raises
    ------
    NotInForce    nobody kept its files, or this program cannot read them
    """
    shipped = load_release()
    if version in ("", shipped.version):
        return shipped
    if version not in _BUILT:
        packed = kept(version)
        if packed is None:
            raise NotInForce(f"content {version[:12]} is not kept here; sign the release that is installed")
        _BUILT[version] = _built(packed, version)
    return _BUILT[version]


def built_release(version: str) -> ContentRelease:
    """Return a release that this process has built already, for the words of its findings; else its own."""
    return _BUILT.get(version, load_release())


def _built(packed: bytes, version: str) -> ContentRelease:
    try:
        return build_release(unpack(packed, version))
    except ContentError as error:
        raise NotInForce(
            f"content {version[:12]} was written for another version of the program and cannot be read by"
            " this one; the medical director reviews and signs the release that is installed"
        ) from error


def in_force(
    release: ContentRelease,
    own: Iterable[KeptValue],
    *,
    overlay_version: str,
    is_signed: bool = False,
) -> ContentInForce:
    """Return a release with a programme's own values over its numbers, each from its day on."""
    values = tuple(OwnValue.of(each) for each in own)
    return ContentInForce(release, _laid_over(release.version, values), overlay_version, is_signed)


def content_as_kept(pair: KeptPair, files: KeptFiles) -> ContentInForce:
    """Return the content that the database names as in force.

    Raises
    ------
    NotInForce    this program cannot read the release
    """
    release = release_of(pair.release, files)
    found = in_force(release, pair.values, overlay_version=pair.overlay, is_signed=pair.is_signed)
    return with_own_protocols(found, pair.protocols, files)


def with_own_protocols(
    content: ContentInForce, kept: Iterable[KeptProtocol], files: KeptFiles
) -> ContentInForce:
    """Return content in which a programme's copies stand in place of the protocols they copy.

    A copy asks more than its protocol. One that a later release overtook, so that it would ask less than
    that, is left out: the release's own protocol holds.
    """
    told = tuple((each.copies, each.version, each.text) for each in kept if each.text)
    if not told:
        return content
    own = _own_protocols(content.release.version, told, files)
    return replace(content, release=replace(content.release, protocols={**content.release.protocols, **own}))


def is_own_version(release: ContentRelease, protocol: str, version: int) -> bool:
    """Whether a session that was opened with this version of a protocol began with a programme's copy."""
    shipped = release.protocols.get(protocol)
    return shipped is not None and shipped.version != version and version > OWN_FROM


def source_of(version: str, kept: KeptFiles) -> ContentSource:
    """Return the files of a release that ``release_of`` returns."""
    packed = kept(version) if version != load_release().version else None
    return unpack(packed, version) if packed is not None else read_source()


@lru_cache(maxsize=64)
def _own_protocols(
    version: str, told: tuple[tuple[str, int, str], ...], kept: KeptFiles
) -> Mapping[str, TreatmentProtocol]:
    source = source_of(version, kept)
    found: dict[str, TreatmentProtocol] = {}
    for copies, number, text in told:
        with suppress(ContentError, InvalidInput):
            read = read_own_protocol(copies, number, text, source, built_release(version))
            found[copies] = read.own
    return found


def content_begun_with(
    version: str, overlay: str, own: Iterable[KeptValue], files: KeptFiles
) -> ContentInForce:
    """Return the content that something began with; it keeps it whatever is signed meanwhile.

    Where this program cannot read that release any more, the one it ships with watches in its place.
    """
    release = readable_release(version, files) or load_release()
    return completed(in_force(release, own, overlay_version=overlay))


def readable_release(version: str, files: KeptFiles) -> ContentRelease | None:
    """Return a release of the past, or nothing where this program cannot read it any more."""
    try:
        return release_of(version, files)
    except NotInForce:
        return None


def shipped_content() -> ContentInForce:
    """Return the release that ships with the program, without any programme's values and unsigned."""
    release = load_release()
    return ContentInForce(release, release.parameters)


def completed(content: ContentInForce) -> ContentInForce:
    """Return content in which a number that its release did not have yet comes from the one installed.

    For a session that runs: it keeps the numbers it began with, and an installed program that asks one
    number more must not leave it unwatched.
    """
    shipped = load_release()
    if content.release is shipped:
        return content
    return replace(content, parameters=_completed(content.parameters))


@lru_cache(maxsize=64)
def _laid_over(version: str, own: tuple[OwnValue, ...]) -> ParameterBook:
    book = built_release(version).parameters
    usable = [each for each in own if _is_usable(book, each)]
    return book.with_overlay(*(v for each in usable for v in _dated(book, each))) if usable else book


def _is_usable(book: ParameterBook, own: OwnValue) -> bool:
    """Whether a value of the past still has its parameter and its unit; a signature needs one that has."""
    dated = book.dated(own.parameter)
    return bool(dated) and (own.quantity is None or own.quantity.unit == dated[0].quantity.unit)


@lru_cache(maxsize=64)
def _completed(book: ParameterBook) -> ParameterBook:
    shipped = load_release().parameters
    return ParameterBook({n: shipped.dated(n) for n in shipped} | {n: book.dated(n) for n in book})


def _dated(book: ParameterBook, own: OwnValue) -> tuple[ParameterValue, ...]:
    """Return the values that hold from the day of an own value on."""
    first = book.dated(own.parameter)[0]
    released = book.entry(own.parameter, on=max(own.in_force_from, first.from_day))
    if own.quantity is None:
        later = tuple(v for v in book.dated(own.parameter) if v.from_day > own.in_force_from)
        return replace(released, from_day=own.in_force_from), *later
    return (
        replace(
            released,
            quantity=own.quantity,
            from_day=own.in_force_from,
            sources=(OWN_VALUE_SOURCE,),
            basis=Basis.CONSENSUS,
            certainty=Certainty.DEFAULT,
        ),
    )
