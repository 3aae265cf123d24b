"""Psychotherapy with ketamine: the three kinds of session, what each must note, and who may hold it.

What the fields, cards and aims are stands in the content. A field with the trauma mark is required, and a
card with it is hidden, where the person has the trauma-care flag.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Role

LOWEST, HIGHEST = 0, 10
"""The ends of every rating of ours: an aim afterwards, and how it was to work together."""


class SessionKind(StrEnum):
    """The three kinds of session."""

    PREPARATORY = "preparatory"
    DOSING = "dosing"
    INTEGRATION = "integration"


class Need(StrEnum):
    """When a field of a template must be filled."""

    ALWAYS = "always"
    TRAUMA = "trauma"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class NoteField:
    """One heading of a template. Its words are the text ``therapy.field.<id>``."""

    id: str
    need: Need

    def is_required(self, *, has_trauma_flag: bool) -> bool:
        """Whether it must be filled for this person."""
        return self.need is Need.ALWAYS or (self.need is Need.TRAUMA and has_trauma_flag)


@dataclass(frozen=True, slots=True)
class SessionTemplate:
    """One kind of session: what is noted, and the roles that may hold, note and read it."""

    kind: SessionKind
    fields: tuple[NoteField, ...]
    roles: frozenset[Role]
    roles_with_trauma: frozenset[Role]

    def roles_for(self, *, has_trauma_flag: bool) -> frozenset[Role]:
        """Return who may hold it with this person."""
        return self.roles_with_trauma if has_trauma_flag else self.roles


@dataclass(frozen=True, slots=True)
class PromptCard:
    """Words a therapist may offer. One marked ``is_trauma`` is not shown of a person with the flag."""

    id: str
    is_trauma: bool


@dataclass(frozen=True, slots=True)
class FitGroup:
    """Somebody who might think of this, and the claims that say how sure anyone is about it."""

    id: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TherapyType:
    """A type of course with psychotherapy, as the content draws it."""

    id: str
    version: int
    templates: Mapping[SessionKind, SessionTemplate]
    first_needs: str
    each_needs: str
    cards: tuple[PromptCard, ...]
    aims: tuple[str, ...]
    alliance: tuple[str, ...]
    fit: tuple[FitGroup, ...]
    sources: tuple[str, ...]

    def cards_for(self, *, has_trauma_flag: bool) -> tuple[PromptCard, ...]:
        """Return the cards that may be shown of this person."""
        return tuple(card for card in self.cards if not (card.is_trauma and has_trauma_flag))


def check_may_hold(template: SessionTemplate, roles: frozenset[Role], *, has_trauma_flag: bool) -> None:
    """Refuse a kind of session to those whose scope does not reach it.

    Raises
    ------
    NotAllowed
    """
    allowed = template.roles_for(has_trauma_flag=has_trauma_flag)
    if roles.isdisjoint(allowed):
        who = ", ".join(sorted(role.replace("_", " ") for role in allowed))
        flag = " of somebody with the trauma-care flag" if has_trauma_flag else ""
        raise NotAllowed(f"a {template.kind} session{flag} is held and read by: {who}; ask one of them")


def check_filled(
    template: SessionTemplate, given: Mapping[str, str], *, has_trauma_flag: bool
) -> dict[str, str]:
    """Return the filled fields in the template's order, or refuse with every field that is missing.

    Raises
    ------
    InvalidInput    a required field is empty, or a field is not of this template
    """
    known = {field.id for field in template.fields}
    problems = [Problem(name, "is no field of this template") for name in sorted(given.keys() - known)]
    filled = {field.id: given.get(field.id, "").strip() for field in template.fields}
    problems += [
        Problem(field.id, "write something here; this template cannot be signed without it")
        for field in template.fields
        if field.is_required(has_trauma_flag=has_trauma_flag) and not filled[field.id]
    ]
    if problems:
        raise InvalidInput(*problems)
    return {name: words for name, words in filled.items() if words}


def check_aims(therapy: TherapyType, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Return the chosen aims in the content's order.

    Raises
    ------
    InvalidInput    none, or one that the content does not offer
    """
    if not chosen or not set(chosen) <= set(therapy.aims):
        raise InvalidInput(Problem("aims", "choose one or more of the aims on this page"))
    return tuple(aim for aim in therapy.aims if aim in chosen)


def check_ratings(asked: tuple[str, ...], given: Mapping[str, int | None]) -> dict[str, int]:
    """Return the ratings that were given; an answer left out stays left out.

    Raises
    ------
    InvalidInput    nothing was rated, a number off the scale, or something that was not asked
    """
    rated = {name: value for name, value in given.items() if value is not None}
    problems = [
        Problem(name, f"is {value}; choose a number from {LOWEST} to {HIGHEST}")
        for name, value in rated.items()
        if name not in asked or not LOWEST <= value <= HIGHEST
    ]
    if not rated:
        problems.append(Problem("ratings", "rate at least one; each of them may be left out"))
    if problems:
        raise InvalidInput(*problems)
    return {name: rated[name] for name in asked if name in rated}
