"""Which consent document is in force for what is given, how, where and for what, on a day."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from kairos.content.languages import in_language
from kairos.content.release import ContentRelease
from kairos.content.standing_of_use import UseKnown, use_known
from kairos.domain.evidence.consent import ConsentDocument
from kairos.domain.evidence.consent_parts import ConsentUse, bound, compose, told
from kairos.domain.evidence.expectations import ExpectationCheck
from kairos.domain.evidence.regulation import RegulatoryStatus
from kairos.domain.evidence.texts import Audience, TextBook
from kairos.domain.rules.target import DEFAULT_TARGET, Route, Setting, Target
from kairos.vocab.errors import NotInForce

FIRST_LANGUAGE = "en"
_DIGITS = 8


def consent_in_force(
    release: ContentRelease, *, on: date, target: Target = DEFAULT_TARGET, language: str = FIRST_LANGUAGE
) -> ConsentDocument:
    """Return the document that is read and signed for a use, in a language or else in English.

    Raises
    ------
    NotInForce    the content has no document for this use yet on that day, or the use cannot be had there
    """
    known = use_known(release, target, on=on)
    asked = f"{target.route}, {target.setting}, in {target.jurisdiction}"
    if known.status.status is RegulatoryStatus.NOT_AVAILABLE:
        raise NotInForce(f"{asked} cannot be had on {on.isoformat()}; there is nothing to consent to")
    book = release.consents
    for spoken in dict.fromkeys((language, FIRST_LANGUAGE)):
        use = _use(release, known, spoken)
        base = book.base_for(use, on=on, language=spoken)
        if base is not None:
            document = compose(base, book.items.get(spoken, ()), use)
            return bound(document, _digest(document))
    raise NotInForce(f"no consent document for {asked} is in force on {on.isoformat()}; write one first")


def expectation_check(release: ContentRelease, language: str) -> ExpectationCheck:
    """Return what is asked of expectations, in a language or else in English."""
    asked = release.consents.expectations
    return asked.get(language, asked[FIRST_LANGUAGE])


def languages_of(release: ContentRelease) -> tuple[str, ...]:
    """Return the languages in which consent documents stand, English first."""
    others = {base.language for base in release.consents.bases} - {FIRST_LANGUAGE}
    return (FIRST_LANGUAGE, *sorted(others))


def consent_target(release: ContentRelease, protocol: str | None, decided: Target | None) -> Target:
    """Return what a consent has to be for: the protocol's route and place, the indication and law decided on.

    Without a course it is what the decision, or else the newest screening, was about.
    """
    asked, known = decided or DEFAULT_TARGET, release.protocols.get(protocol or "")
    if known is None:
        return asked
    return replace(asked, route=Route(known.route), setting=Setting(known.setting))


def _digest(document: ConsentDocument) -> str:
    return hashlib.sha256("\0".join(told(document)).encode()).hexdigest()[:_DIGITS]


def _use(release: ContentRelease, known: UseKnown, language: str) -> ConsentUse:
    target, product = known.target, release.regulation.product_by(known.target.route)
    evidence = known.evidence
    use = ConsentUse(
        product=product.id,
        route=target.route,
        setting=target.setting,
        indication=target.indication,
        places=target.places,
        status=known.status.status,
        is_compounded=product.is_compounded,
        words=_words(in_language(release, language).texts, known, language),
        status_sources=(*known.status.sources, *product.sources),
    )
    if evidence is None:
        return use
    return replace(
        use,
        evidence_sources=evidence.sources,
        evidence_grade=evidence.grade,
        evidence_certainty=evidence.certainty,
    )


def _words(texts: TextBook, known: UseKnown, language: str) -> Mapping[str, str]:
    """Return what fills the texts of a document, in a patient's words."""

    def said(name: str, values: Mapping[str, str] | None = None) -> str:
        is_spoken = (language, name, Audience.PATIENT) in texts.templates
        spoken = language if is_spoken else FIRST_LANGUAGE
        return texts.render(name, values or {}, audience=Audience.PATIENT, language=spoken)

    place = f"jurisdiction.{known.target.places[-1]}"
    names = {
        "product": said(f"product.{known.status.product}"),
        "indication": said(f"indication.{known.target.indication}"),
        "jurisdiction": said(place) if place in texts else known.target.jurisdiction.upper(),
    }
    return names | {
        "status": said(f"regulatory.status.{known.status.status}", names),
        "conditions": " ".join(said(name) for name in known.status.conditions),
        "evidence": said(known.evidence.statement if known.evidence else "evidence.nothing_found"),
    }
