"""The content in another language: its words laid over the English ones; everything else stays what it is.

A language is ``text/<language>/`` (the sentences for patients) and ``language/<language>/``, whose files name
only words, in the shape of the English file beside which they stand. Ids, sources, grades and figures are the
English file's own, so no language can say more than another; what has no words yet is shown in English.
"""

from dataclasses import replace
from typing import Any

from kairos.content.load_aid import load_aid
from kairos.content.load_claims import load_claims
from kairos.content.load_crisis import load_crisis
from kairos.content.load_figures import load_figures
from kairos.content.load_home import load_support_training
from kairos.content.load_mechanism import load_mechanism
from kairos.content.load_scorecard import load_scorecard
from kairos.content.load_texts import load_texts
from kairos.content.loader import Lint
from kairos.content.release import ContentRelease
from kairos.content.words_over import ENGLISH, in_words_of, languages_of
from kairos.domain.evidence.texts import TextBook

_PARTS: dict[tuple[str, str], dict[str, Any]] = {}


def in_language(release: ContentRelease, language: str | None) -> ContentRelease:
    """Return a release in the words of a language; in English where it has no words of that language.

    Raises
    ------
    ContentError    the language's files do not fit the English ones
    """
    code = (language or ENGLISH)[:2]
    if code not in languages_of(release.source):
        return release
    key = (release.version, code)
    if key not in _PARTS:
        lint = Lint()
        _PARTS[key] = worded_parts(release, code, lint)
        lint.finish()
    return replace(release, **_PARTS[key])


def worded_parts(release: ContentRelease, language: str, lint: Lint) -> dict[str, Any]:
    """Return what a release says in a language, part by part; faults are collected."""
    lint.citations = frozenset(release.citations)
    source = in_words_of(release.source, language, lint)
    claims, figures = load_claims(source, lint), load_figures(source, lint)
    said = load_texts(source, lint, language)
    return {
        "texts": TextBook({**release.texts.templates, **said.templates}, language),
        "claims": claims,
        "figures": figures,
        "aid": load_aid(source, lint, claims=claims, figures=figures),
        "mechanism": load_mechanism(source, lint),
        "crisis": load_crisis(source, lint),
        "support_training": load_support_training(source, lint),
        "scorecard": load_scorecard(source, lint),
    }
