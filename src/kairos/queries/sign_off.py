"""The sign-off of content: what is in force, what is on offer, how far its review is, who signed before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.content.in_force import readable_release
from kairos.content.release import ContentRelease
from kairos.domain.evidence.review import ReleaseReview
from kairos.queries.content_review import offered_release, review_so_far
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, content, organisations, programme_counts
from kairos.store.repositories.content import ContentSignature
from kairos.store.repositories.organisations import Programme
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission, Scope


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new, other or gone between two releases, by id with the words for it."""

    new: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(self.new or self.changed or self.gone)


@dataclass(frozen=True, slots=True)
class SignOffPage:
    """Everything the screen shows. ``rules`` is empty before anything was signed: then all is new."""

    programme: Programme
    programmes: tuple[Programme, ...]
    offered: ContentRelease
    review: ReleaseReview
    in_force: str
    own_values: int
    may_dose: bool
    rules: Changes
    protocols: Changes
    signatures: tuple[ContentSignature, ...]
    signers: Mapping[UUID, str]
    running: int

    @property
    def is_first(self) -> bool:
        """Whether nobody has signed anything for this programme yet."""
        return not self.review.signed_version


@reading(Permission.SEE_PROGRAMME)
def sign_off(*, by: Actor, now: datetime, programme_id: UUID | None = None) -> SignOffPage:
    """Return the sign-off of one of the actor's programmes; of the first, where none is named.

    Raises
    ------
    Missing       no such programme within the scope
    NotInForce    this program cannot read the release on offer
    """
    programmes, chosen = programme_of(by.scope, programme_id)
    offered = offered_release()
    review = review_so_far(by.scope, chosen.id, offered, now)
    signed = review.signed_version
    before = readable_release(signed, content.files_of) if signed else None
    pair = content.content_in_force(by.scope, chosen.id)
    signatures = content.signatures_of(by.scope, chosen.id)
    return SignOffPage(
        programme=chosen,
        programmes=programmes,
        offered=offered,
        review=review,
        in_force=pair.release or offered.version,
        own_values=len({value.parameter for value in pair.values if value.value is not None}),
        may_dose=pair.may_dose,
        rules=_changes(before.rules if before else None, offered.rules, offered),
        protocols=_changes(before.protocols if before else None, offered.protocols, offered),
        signatures=signatures,
        signers=accounts.names_of({each.signed_by for each in signatures}),
        running=programme_counts.sessions_running(Scope(by.scope.organisation_id, frozenset({chosen.id}))),
    )


def programme_of(scope: Scope, programme_id: UUID | None) -> tuple[tuple[Programme, ...], Programme]:
    """Return the programmes of a scope and the one that is meant. Raises Missing where there is none."""
    programmes = organisations.list_programmes(scope)
    chosen = next((p for p in programmes if programme_id in (None, p.id)), None)
    if chosen is None:
        raise Missing("the programme is not there, or not one of yours")
    return programmes, chosen


def _changes(before: Mapping[str, Any] | None, after: Mapping[str, Any], release: ContentRelease) -> Changes:
    if before is None:
        return Changes((), (), ())
    named = {name: _words(release, name) for name in (*before, *after)}
    return Changes(
        new=tuple((name, named[name]) for name in after if name not in before),
        changed=tuple((n, named[n]) for n in after if n in before and before[n] != after[n]),
        gone=tuple((name, named[name]) for name in before if name not in after),
    )


def _words(release: ContentRelease, name: str) -> str:
    message = f"{name}.subject"
    return release.texts.template(message) if message in release.texts else name
