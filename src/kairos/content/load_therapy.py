"""Types of course with psychotherapy from ``therapy/*.yaml``: templates, cards, aims, whom it may fit."""

from collections.abc import Container

from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.evidence.texts import Audience, TextBook
from kairos.domain.protocols.therapy import (
    FitGroup,
    Need,
    NoteField,
    PromptCard,
    SessionKind,
    SessionTemplate,
    TherapyType,
)
from kairos.vocab.people import Role


def load_therapy(
    source: ContentSource,
    lint: Lint,
    *,
    parameters: ParameterBook,
    texts: TextBook,
    claims: Container[str],
) -> dict[str, TherapyType]:
    """Return the types, each word of theirs known, each number a parameter, each claim in the registry."""
    found: dict[str, TherapyType] = {}

    def keep(name: str, entry: Table) -> None:
        entry.only(
            *("version", "source", "preparation", "sessions", "cards", "aims", "alliance", "fit"),
        )
        needs = entry.table("preparation")
        needs.only("first", "each")
        found[name] = TherapyType(
            id=name,
            version=int(entry.number("version")),
            templates=_templates(entry, texts),
            first_needs=_parameter(needs, "first", parameters),
            each_needs=_parameter(needs, "each", parameters),
            cards=tuple(_card(each, texts) for each in entry.tables("cards")),
            aims=_spoken(entry, "aims", "therapy.aim", texts),
            alliance=_spoken(entry, "alliance", "therapy.alliance", texts),
            fit=tuple(_group(each, texts, claims) for each in entry.tables("fit")),
            sources=lint.sources(entry),
        )

    each_entry(source.under("therapy/"), lint, keep)
    return found


def _templates(entry: Table, texts: TextBook) -> dict[SessionKind, SessionTemplate]:
    kept = {each.kind: each for each in (_template(table, texts) for table in entry.tables("sessions"))}
    missing = [kind for kind in SessionKind if kind not in kept]
    if missing:
        raise entry.fault(f"no template for: {', '.join(missing)}", "sessions")
    return kept


def _template(table: Table, texts: TextBook) -> SessionTemplate:
    table.only("kind", "roles", "roles_with_trauma", "fields")
    fields = tuple(_field(each, texts) for each in table.tables("fields"))
    roles, careful = _roles(table, "roles"), _roles(table, "roles_with_trauma")
    if not careful <= roles:
        raise table.fault("roles_with_trauma must be among roles", "roles_with_trauma")
    return SessionTemplate(table.one_of("kind", SessionKind), fields, roles, careful)


def _field(table: Table, texts: TextBook) -> NoteField:
    table.only("id", "need")
    return NoteField(_worded(table, "therapy.field", texts), table.one_of("need", Need))


def _card(table: Table, texts: TextBook) -> PromptCard:
    table.only("id", "trauma")
    return PromptCard(_worded(table, "therapy.card", texts), table.flag("trauma"))


def _group(table: Table, texts: TextBook, claims: Container[str]) -> FitGroup:
    table.only("id", "claims")
    named = table.texts("claims")
    strange = [claim for claim in named if claim not in claims]
    if strange:
        raise table.fault(f"claims that the registry does not have: {', '.join(strange)}", "claims")
    return FitGroup(_worded(table, "therapy.fit", texts), named)


def _roles(table: Table, key: str) -> frozenset[Role]:
    named = table.texts(key)
    strange = [role for role in named if role not in list(Role)]
    if strange or not named:
        raise table.fault(f"{key} must name roles, one or more; not {', '.join(strange) or 'none'}", key)
    return frozenset(Role(role) for role in named)


def _parameter(table: Table, key: str, parameters: ParameterBook) -> str:
    name = table.text(key)
    if name not in parameters:
        raise table.fault(f"{key} names the parameter {name!r}, which does not exist", key)
    return name


def _worded(table: Table, kind: str, texts: TextBook) -> str:
    name = table.text("id")
    if f"{kind}.{name}" not in texts:
        raise table.fault(f"there is no text {kind}.{name}", "id")
    return name


def _spoken(entry: Table, key: str, kind: str, texts: TextBook) -> tuple[str, ...]:
    """Return ids that patients read; each needs their wording."""
    named = entry.texts(key)
    for name in named:
        if ("en", f"{kind}.{name}", Audience.PATIENT) not in texts.templates:
            raise entry.fault(f"there is no text {kind}.{name} for a patient", key)
    return named
