"""How other systems write an order: routes, reasons, settings; and why cards are overridden (``orders/``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.citations import Certainty
from kairos.domain.rules.target import Indication, Route, Setting

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class OrderWords:
    """What the codes and words of an order mean for its target. Words are in small letters."""

    route_codes: Mapping[str, Route]
    route_words: Mapping[str, Route]
    indications: Mapping[str, Indication]
    setting_of_category: Mapping[str, Setting]
    setting_of_route: Mapping[Route, Setting]
    override_reasons: tuple[str, ...]


NO_ORDER_WORDS = OrderWords({}, {}, {}, {}, {}, ())


def load_order_words(source: ContentSource, lint: Lint) -> OrderWords:
    """Return how orders are written; every fault of the four files is kept by the lint."""
    codes: dict[str, Route] = {}
    words: dict[str, Route] = {}
    indications: dict[str, Indication] = {}

    def keep_route(name: str, entry: Table) -> None:
        route = _one_of(entry, name, Route)
        _check(entry, lint, "codes", "words")
        codes.update(dict.fromkeys((code.upper() for code in entry.texts("codes")), route))
        words.update(dict.fromkeys((word.lower() for word in entry.texts("words")), route))

    def keep_reason(name: str, entry: Table) -> None:
        _check(entry, lint, "conditions")
        indications.update(dict.fromkeys(entry.texts("conditions"), _one_of(entry, name, Indication)))

    each_entry(source.under("orders/routes.yaml"), lint, keep_route)
    each_entry(source.under("orders/reasons.yaml"), lint, keep_reason)
    by_category, by_route = _settings(source, lint)
    return OrderWords(codes, words, indications, by_category, by_route, _override_reasons(source, lint))


def _settings(source: ContentSource, lint: Lint) -> tuple[dict[str, Setting], dict[Route, Setting]]:
    by_category: dict[str, Setting] = {}
    by_route: dict[Route, Setting] = {}
    for file in source.under("orders/settings.yaml"):
        with lint.collecting():
            table = file.table()
            _check(table, lint, "categories", "routes")
            categories, routes = table.table("categories"), table.table("routes")
            by_category = {name: categories.one_of(name, Setting) for name in categories}
            by_route = {_one_of(routes, name, Route): routes.one_of(name, Setting) for name in routes}
            if missing := set(Route) - set(by_route):
                raise routes.fault(f"no setting for the routes {', '.join(sorted(missing))}")
    return by_category, by_route


def _override_reasons(source: ContentSource, lint: Lint) -> tuple[str, ...]:
    reasons: tuple[str, ...] = ()
    for file in source.under("orders/override_reasons.yaml"):
        with lint.collecting():
            table = file.table()
            _check(table, lint, "reasons")
            reasons = table.texts("reasons")
    return reasons


def _check(table: Table, lint: Lint, *keys: str) -> None:
    table.only(*keys, "source", "certainty")
    lint.sources(table)
    table.one_of("certainty", Certainty)


def _one_of(table: Table, name: str, kind: type[E]) -> E:
    try:
        return kind(name)
    except ValueError as error:
        raise table.fault(f"{name!r} is not one of {', '.join(kind)}") from error
