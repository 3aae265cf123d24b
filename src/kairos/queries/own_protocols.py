"""The protocols of a programme: those of the release, and its own copies with what differs."""

from dataclasses import dataclass
from uuid import UUID

from kairos.content.in_force import OWN_FROM, release_of, source_of
from kairos.content.loader import ContentError
from kairos.content.own_protocols import read_own_protocol
from kairos.content.release import ContentRelease
from kairos.domain.sessions.own_protocol import Difference
from kairos.queries.reading import reading
from kairos.queries.sign_off import programme_of
from kairos.store.repositories import accounts, content
from kairos.store.repositories.content import OwnProtocol
from kairos.store.repositories.organisations import Programme
from kairos.vocab.errors import InvalidInput, Missing
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class Compared:
    """A copy held against its protocol: what differs, or why it cannot be used."""

    differences: tuple[Difference, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProtocolRow:
    """One protocol of the release with the programme's copies, newest first, and who put each in force."""

    id: str
    name: str
    version: int
    copies: tuple[tuple[OwnProtocol, str], ...]
    compared: Compared

    @property
    def newest(self) -> OwnProtocol | None:
        """The newest copy, one that gave the protocol back included."""
        return self.copies[0][0] if self.copies else None

    @property
    def text(self) -> str:
        """What the copy in force changes; empty where the release's protocol holds."""
        return self.newest.text if self.newest else ""


@reading(Permission.SEE_PROGRAMME)
def own_protocols(
    *, by: Actor, programme_id: UUID | None = None
) -> tuple[Programme, tuple[ProtocolRow, ...]]:
    """Return every protocol of the release in force, with the programme's copies.

    Raises
    ------
    Missing       no such programme within the scope
    NotInForce    this program cannot read the release
    """
    _, programme = programme_of(by.scope, programme_id)
    release = release_of(content.content_in_force(by.scope, programme.id).release, content.files_of)
    kept = content.own_protocols_of(by.scope, programme.id)
    names = accounts.names_of({each.by for each in kept})
    rows = []
    for name, protocol in release.protocols.items():
        copies = tuple((each, names.get(each.by, "")) for each in kept if each.copies == name)
        text = copies[0][0].text if copies else ""
        compared = compare(name, text, release) if text else Compared()
        rows.append(ProtocolRow(name, _name(release, name), protocol.version, copies, compared))
    return programme, tuple(rows)


@reading(Permission.SIGN_CONTENT)
def compared_with_release(*, copies: str, text: str, by: Actor, programme_id: UUID | None = None) -> Compared:
    """Return how a text that nobody has put in force would differ.

    Raises
    ------
    Missing    no such programme, or no such protocol
    """
    _, programme = programme_of(by.scope, programme_id)
    release = release_of(content.content_in_force(by.scope, programme.id).release, content.files_of)
    if copies not in release.protocols:
        raise Missing(f"the release in force has no protocol {copies!r}")
    return compare(copies, text, release)


def compare(copies: str, text: str, release: ContentRelease) -> Compared:
    """Return what differs between a copy and its protocol, or everything that speaks against it."""
    source = source_of(release.version, content.files_of)
    try:
        return Compared(read_own_protocol(copies, OWN_FROM, text, source, release).differences)
    except ContentError as error:
        return Compared(problems=tuple(map(str, error.faults)))
    except InvalidInput as error:
        return Compared(problems=tuple(f"{each.field} {each.message}" for each in error.problems))


def _name(release: ContentRelease, protocol: str) -> str:
    message = f"protocol.{protocol}"
    return release.texts.template(message) if message in release.texts else protocol.replace("_", " ")
