"""How other systems write an order: routes, reasons, settings; and why cards are overridden (``orders/``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kairos.content.loader import ContentSource, Lint, Table, read_source
from kairos.content.release import load_release
from kairos.domain.evidence.citations import Certainty
from kairos.domain.rules.target import Indication, Route, Setting


@dataclass(frozen=True, slots=True)
class OrderWords:
    """What the codes and words of an order mean for its target. Words are in small letters."""

    route_codes: Mapping[str, Route]
    route_words: Mapping[str, Route]
    indications: Mapping[str, Indication]
    setting_of_category: Mapping[str, Setting]
    setting_of_route: Mapping[Route, Setting]
    override_reasons: tuple[str, ...]


@cache
def order_words() -> OrderWords:
    """Return the words that ship with the program, read once in a process.

    Raises
    ------
    ContentError    all faults, each with file and line
    """
    lint = Lint(citations=frozenset(load_release().citations))
    words = load_order_words(read_source(), lint)
    lint.finish()
    return words


def load_order_words(source: ContentSource, lint: Lint) -> OrderWords:
    """Return how orders are written; what is wrong is kept by the lint."""
    codes: dict[str, Route] = {}
    words: dict[str, Route] = {}
    for route, entry in _entries(source, lint, "routes", ("codes", "words")):
        codes.update(dict.fromkeys((code.upper() for code in entry.texts("codes")), Route(route)))
        words.update(dict.fromkeys((word.lower() for word in entry.texts("words")), Route(route)))
    indications = {
        condition: Indication(reason)
        for reason, entry in _entries(source, lint, "reasons", ("conditions",))
        for condition in entry.texts("conditions")
    }
    settings, reasons = _whole(source, lint, "settings"), _whole(source, lint, "override_reasons")
    categories, routes = settings.table("categories"), settings.table("routes")
    return OrderWords(
        route_codes=codes,
        route_words=words,
        indications=indications,
        setting_of_category={name: categories.one_of(name, Setting) for name in categories},
        setting_of_route={Route(name): routes.one_of(name, Setting) for name in routes},
        override_reasons=reasons.texts("reasons"),
    )


def _whole(source: ContentSource, lint: Lint, name: str) -> Table:
    """Return a file that is one table, with its source checked."""
    table = source.under(f"orders/{name}.yaml")[0].table()
    _check_source(table, lint)
    return table


def _entries(source: ContentSource, lint: Lint, name: str, keys: tuple[str, ...]) -> list[tuple[str, Table]]:
    """Return the entries of a file, each with its source checked."""
    top = source.under(f"orders/{name}.yaml")[0].table()
    found = [(key, top.table(key)) for key in top]
    for _, entry in found:
        entry.only(*keys, "source", "certainty")
        _check_source(entry, lint)
    return found


def _check_source(table: Table, lint: Lint) -> None:
    lint.sources(table)
    table.one_of("certainty", Certainty)
