"""Releases of the content that differ from the shipped one in a number or a rule."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.review_parameters import review_parameters
from kairos.actions.sign_content import sign_content
from kairos.content.loader import ContentSource, read_source
from kairos.content.packing import pack
from kairos.domain.evidence.review import ParameterDecision, ReleaseReview
from kairos.queries.content_review import offered_release, review_so_far
from kairos.store.ids import new_id
from kairos.store.repositories import content
from kairos.store.scope import scoped
from kairos.vocab.people import Actor
from tests.support.clinic import NOW, Clinic

SYSTOLIC = "predose.systolic_hard"
PREDOSE = "parameters/predose.yaml"

_PRESSURE = "{value: %s, source: [cite:spravato-us-label, cite:kairos-default], basis: default, "
_PRESSURE += "certainty: default, range: {low: %s"
STRICTER_PRESSURE = ("parameters/eligibility.yaml", _PRESSURE % (140, 130), _PRESSURE % (115, 110))
"""A release in which a lower mean pressure is enough to ask for a review."""


def changed_source(path: str, before: str, after: str) -> ContentSource:
    """Return the shipped files with one text in one of them replaced."""
    files = read_source().files
    (file,) = [each for each in files if each.path == path]
    text = file.data.decode()
    assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times in {path}"
    changed = replace(file, data=text.replace(before, after).encode())
    return ContentSource(tuple(changed if each is file else each for each in files))


def register(clinic: Clinic, source: ContentSource | None = None) -> str:
    """Register a release as a newer program would, and return its version; the shipped one by default."""
    chosen = source or read_source()
    content.register_release(chosen.version, by=clinic.programme_id, files=pack(chosen))
    return chosen.version


LOWER_SYSTOLIC = (
    PREDOSE,
    "{value: 160, source: cite:kairos-default,",
    "{value: 155, source: cite:kairos-default,",
)
"""A release in which the prescriber's systolic limit before a dose is lower than in the shipped one."""


def review(clinic: Clinic, director: Actor, *decisions: ParameterDecision, version: str = "") -> int:
    """Decide about parameters of the release on offer, and return how many are left."""
    return review_parameters(
        programme_id=clinic.programme_id,
        version=version or content.newest_release(),
        decisions=decisions,
        command_id=new_id(),
        by=director,
        now=NOW,
    )


def sign_all(clinic: Clinic, director: Actor, now: datetime = NOW) -> UUID:
    """Sign the release on offer, having left what was not decided yet as released."""
    if not content.newest_release():
        register(clinic)
    left = _review(clinic, now).left
    if left:
        review(clinic, director, *(ParameterDecision(item.id) for item in left))
    return sign_content(
        programme_id=clinic.programme_id,
        seen=_review(clinic, now).fingerprint,
        command_id=new_id(),
        by=director,
        now=now,
    )


def _review(clinic: Clinic, now: datetime) -> ReleaseReview:
    with scoped(clinic.scope):
        return review_so_far(clinic.scope, clinic.programme_id, offered_release(), now)
