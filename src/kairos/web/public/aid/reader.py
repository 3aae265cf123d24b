"""The aid in the reader's language, with its figures filled in and its sources named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from kairos.content.release import ContentRelease
from kairos.content.standing_of_use import use_known
from kairos.domain.evidence.decision_aid import AidWay, DecisionAid, fill_figures
from kairos.domain.evidence.standing_words import tell_evidence, tell_standing
from kairos.domain.evidence.texts import Audience
from kairos.domain.rules.target import Indication, Route, Setting, Target
from kairos.web.languages import spoken_release

PATIENT = Audience.PATIENT


@dataclass(frozen=True, slots=True)
class AidReader:
    """The aid in the reader's language, and what it rests on."""

    release: ContentRelease
    aid: DecisionAid
    on: date

    @classmethod
    def now(cls) -> "AidReader":
        """Return the aid as of today; where it is not in the reader's language, in English."""
        release = spoken_release()
        aid = release.aid.get((get_language() or "en")[:2]) or release.aid["en"]
        return cls(release, aid, timezone.localdate())

    def fill(self, text: str) -> str:
        """Return a text with its registered figures."""
        return fill_figures(text, self.release.figures)

    def sources(self, keys: Iterable[str]) -> list[dict[str, str]]:
        """Return citations by title and address."""
        found = [self.release.citations[key] for key in keys]
        return [{"title": c.title, "url": _url(c.doi, c.page)} for c in found]

    def claims(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """Return better statements with how sure anyone is, sources, and whether a review is overdue."""
        return [
            {"claim": claim, "sources": self.sources(claim.sources), "is_stale": claim.is_stale(self.on)}
            for claim in (self.release.claims[name] for name in names)
        ]

    def sections(self, page: str) -> list[dict[str, Any]]:
        """Return the sections of a page, figures filled in."""
        return [
            {"heading": s.heading, "text": map(self.fill, s.text), "claims": self.claims(s.claims)}
            for s in self.aid.pages[page].sections
        ]

    def known(self, way: AidWay, indication: Indication) -> dict[str, Any]:
        """Return what is known of one way for one use: grade, sentence, and where it stands with the law."""
        target = Target(Route(way.route), Setting(way.setting), indication, settings.KAIROS_COUNTRY.lower())
        known = use_known(self.release, target, on=self.on)
        status, *conditions = tell_standing(known.status, self.release.texts, audience=PATIENT)
        evidence = known.evidence
        return {
            "way": way,
            "grade": evidence.grade.value if evidence else "none",
            "evidence": tell_evidence(evidence, self.release.texts, audience=PATIENT),
            "status": status,
            "conditions": conditions,
            "sources": self.sources(evidence.sources if evidence else ()),
        }


def _url(doi: str, page: str) -> str:
    return f"https://doi.org/{doi}" if doi else page if page.startswith("https://") else ""
