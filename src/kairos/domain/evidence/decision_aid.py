"""The decision aid: what anyone may read before they decide anything, from registered claims and figures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.figures import Figure
from kairos.domain.evidence.grades import Grade

_PLACE = re.compile(r"\{([a-z0-9_.]+)\}")
AGAINST = ".against"


@dataclass(frozen=True, slots=True)
class AidSection:
    """Some paragraphs under a heading, and the claims whose better statements stand below them."""

    heading: str
    text: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AidPage:
    """One step of the aid."""

    id: str
    title: str
    lead: str
    sections: tuple[AidSection, ...]


@dataclass(frozen=True, slots=True)
class AidWay:
    """One way of giving it, as the table compares it: ``cells`` by the id of their row.

    ``route`` and ``setting`` are those of the eligibility rules; ``effects`` are figures that are drawn.
    """

    id: str
    route: str
    setting: str
    name: str
    found: tuple[str, ...]
    cells: Mapping[str, str]
    effects: tuple[str, ...]
    effects_note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """Another treatment that comes into question, what speaks for it, and how sure anyone is."""

    name: str
    what: str
    soon: str
    weigh: str
    grade: Grade
    sources: tuple[str, ...]
    certainty: Certainty
    claims: tuple[str, ...]


class Tone(StrEnum):
    """How a session went for somebody."""

    PLEASANT = "pleasant"
    NEUTRAL = "neutral"
    DIFFICULT = "difficult"


@dataclass(frozen=True, slots=True)
class Account:
    """What a session can be like, put together by us from what people tell; nobody's own words."""

    id: str
    tone: Tone
    heading: str
    text: tuple[str, ...]


class MomentKind(StrEnum):
    """What a moment of the timeline is about."""

    BODY = "body"
    MOOD = "mood"
    CARE = "care"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment between the dose and half a year later.

    ``when`` is a registered figure, ``ways`` the ids of the ways it is true of, ``grade`` how sure anyone is.
    """

    id: str
    when: str
    kind: MomentKind
    ways: tuple[str, ...]
    text: str
    grade: Grade
    sources: tuple[str, ...]


class Leaning(StrEnum):
    """Which way a myth pulls: towards hope or towards fear."""

    HOPE = "hope"
    FEAR = "fear"


@dataclass(frozen=True, slots=True)
class Myth:
    """Something people say, and the claims whose better statements answer it."""

    id: str
    says: str
    leans: Leaning
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AidChoice:
    """Something to tick: what matters to somebody, or a question to ask."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class DecisionAid:
    """The whole aid in one language.

    ``rows`` are those of the table of ways, ``fading`` the figures whose course is drawn, ``questions`` go by
    group.
    """

    language: str
    pages: Mapping[str, AidPage]
    ways: tuple[AidWay, ...]
    rows: Mapping[str, str]
    next_steps: tuple[NextStep, ...]
    accounts: tuple[Account, ...]
    fading: tuple[str, ...]
    moments: tuple[Moment, ...]
    myths: tuple[Myth, ...]
    values: tuple[AidChoice, ...]
    questions: Mapping[str, tuple[AidChoice, ...]]


def figures_named(text: str) -> tuple[str, ...]:
    """Return the ids of the figures that a text states."""
    return tuple(name.removesuffix(AGAINST) for name in _PLACE.findall(text))


def fill_figures(text: str, figures: Mapping[str, Figure]) -> str:
    """Return a text with its figures: ``{id}`` what it states, ``{id.against}`` what it is compared with."""

    def said(place: re.Match[str]) -> str:
        figure = figures[place[1].removesuffix(AGAINST)]
        if not place[1].endswith(AGAINST):
            return figure.states
        return f"{figure.count.against} of 100" if figure.count else figure.states

    return _PLACE.sub(said, text)
