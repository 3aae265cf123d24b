"""The decision aid: what anyone may read before they decide anything, from registered claims and figures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class AidChoice:
    """Something to tick: what matters to somebody, or a question to ask."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class DecisionAid:
    """The whole aid in one language. ``rows`` are those of the table of ways, ``questions`` go by group."""

    language: str
    pages: Mapping[str, AidPage]
    ways: tuple[AidWay, ...]
    rows: Mapping[str, str]
    next_steps: tuple[NextStep, ...]
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
