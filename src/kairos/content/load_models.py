"""Pharmacokinetic models from ``models/<name>.yaml``. A new linear model is one file here, and no code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kairos.content.load_parameters import read_review
from kairos.content.loader import ContentFile, ContentSource, Lint, Table
from kairos.content.read_pk_parameter import read_parameter
from kairos.content.read_pk_structure import read_effect_site, read_readings, read_routes, read_transfers
from kairos.domain.evidence.citations import Basis, Certainty, Citation
from kairos.domain.pharmacology.absorption import AbsorptionTable, RouteAbsorption
from kairos.domain.pharmacology.pk_model import (
    Categories,
    Covariance,
    InputRule,
    Parameter,
    PKModel,
    Population,
    Range,
    RouteRule,
    Transfer,
)
from kairos.domain.pharmacology.substances import Substance

_KEYS = (
    *(
        "title",
        "substance",
        "source",
        "basis",
        "certainty",
        "review",
        "population",
        "parameters",
        "covariances",
    ),
    *(
        "compartments",
        "transfers",
        "readings",
        "routes",
        "absorption",
        "steady_volumes",
        "known_faults",
        "effect_site",
    ),
)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a model file refers to."""

    citations: Mapping[str, Citation]
    substances: Mapping[str, Substance]
    absorption: Mapping[str, AbsorptionTable]


def load_models(
    source: ContentSource,
    lint: Lint,
    *,
    citations: Mapping[str, Citation],
    substances: Mapping[str, Substance],
    absorption: Mapping[str, AbsorptionTable],
) -> Mapping[str, PKModel]:
    """Return the models by name: the name of their file, author and year."""
    found: dict[str, PKModel] = {}
    beside = _Beside(citations, substances, absorption)
    for file in source.under("models/"):
        with lint.collecting():
            model = _model(file, beside, lint)
            found[model.name] = model
    return found


def _model(file: ContentFile, beside: _Beside, lint: Lint) -> PKModel:
    top = file.table()
    top.only(*_KEYS)
    top.one_of("basis", Basis)
    read_review(top.table("review"))
    sources = lint.sources(top)
    parent = _substance(top, top.text("substance"), beside, "substance")
    parameters = _parameters(top, lint, sources)
    states = top.texts("compartments")
    model = PKModel(
        name=file.path.removeprefix("models/").removesuffix(".yaml"),
        title=top.text("title"),
        substance=parent.name,
        molar_mass=parent.molar_mass,
        sources=sources,
        citation=_cited(beside.citations[sources[0]]),
        certainty=top.one_of("certainty", Certainty),
        population=_population(top.table("population")),
        parameters=parameters,
        states=states,
        transfers=read_transfers(top, states, parameters),
        readings=read_readings(top, states, parameters, beside.substances),
        routes=read_routes(top, states, parameters),
        steady_volumes=_known(top, "steady_volumes", parameters),
        covariances=tuple(_covariance(each, parameters) for each in top.tables("covariances")),
        known_faults=top.texts("known_faults"),
        effect_site=read_effect_site(top, parameters),
    )
    _check_covariates(top, model)
    return _with_absorption(top, model, beside) if "absorption" in top else model


def _parameters(top: Table, lint: Lint, sources: tuple[str, ...]) -> dict[str, Parameter]:
    table = top.table("parameters")
    sure = top.one_of("certainty", Certainty)
    return {
        name: read_parameter(name, table.table(name), lint, certainty=sure, sources=sources) for name in table
    }


def _cited(citation: Citation) -> str:
    return f"{citation.title} ({citation.address or citation.page})"


def _substance(entry: Table, name: str, beside: _Beside, key: str) -> Substance:
    if name not in beside.substances:
        raise entry.fault(f"{key} is {name!r}, which is not in substances.yaml", key)
    return beside.substances[name]


def _population(entry: Table) -> Population:
    entry.only("description", "numbers", "categories")
    numbers = entry.table("numbers")
    words = entry.table("categories") if "categories" in entry else None
    return Population(
        description=entry.text("description"),
        numbers={name: _range(numbers.table(name)) for name in numbers},
        categories={name: _categories(words.table(name)) for name in words} if words else {},
    )


def _range(entry: Table) -> Range:
    bounds = ("lowest", "highest", "typical", "otherwise")
    entry.only("unit", "note", *bounds)
    if ("typical" in entry) == ("otherwise" in entry):
        raise entry.fault("one of typical or otherwise must be there: who is meant where nothing is said")
    return Range(entry.text("unit"), **{key: entry.number(key) for key in bounds if key in entry})


def _categories(entry: Table) -> Categories:
    entry.only("words", "typical")
    words = entry.texts("words")
    if entry.text("typical") not in words:
        raise entry.fault(f"typical is {entry['typical']!r}; expected one of {', '.join(words)}", "typical")
    return Categories(words, entry.text("typical"))


def _known(entry: Table, key: str, parameters: Mapping[str, Parameter]) -> tuple[str, ...]:
    strangers = [name for name in entry.texts(key) if name not in parameters]
    if strangers:
        raise entry.fault(f"{key} names {', '.join(strangers)}, which are no parameters here", key)
    return entry.texts(key)


def _covariance(entry: Table, parameters: Mapping[str, Parameter]) -> Covariance:
    """Return what two parameters share; a correlation is brought to a covariance by their variances."""
    entry.only("between", "covariance", "correlation")
    pair = _known(entry, "between", parameters)
    if len(pair) != 2 or not all(parameters[name].varies for name in pair):
        raise entry.fault("between must name two parameters that vary between people", "between")
    if "covariance" in entry:
        return Covariance((pair[0], pair[1]), entry.number("covariance"))
    first, second = (parameters[name].varies[0].variance for name in pair)
    return Covariance((pair[0], pair[1]), entry.number("correlation") * (first * second) ** 0.5)


def _check_covariates(top: Table, model: PKModel) -> None:
    """Refuse a covariate that the population does not speak about, and a category without its word."""
    for parameter in model.parameters.values():
        for effect in parameter.effects:
            words = model.population.categories.get(effect.covariate)
            strangers = [word for word in effect.factors if words and word not in words.words]
            if (words is None and effect.covariate not in model.population.numbers) or strangers:
                what = f"{parameter.name} depends on {effect.covariate} {', '.join(strangers)}".strip()
                raise top.fault(f"{what}, which the population does not state", "population")


def _with_absorption(top: Table, model: PKModel, beside: _Beside) -> PKModel:
    """Give a disposition a depot for each route of a table: first-order input, as the content states it."""
    entry = top.table("absorption")
    entry.only("table", "into")
    name, into = entry.text("table"), entry.text("into")
    if name not in beside.absorption:
        raise entry.fault(f"table is {name!r}; expected one of {', '.join(beside.absorption)}", "table")
    if into not in model.states:
        raise entry.fault(f"into is {into!r}, which is no compartment here", "into")
    routes = [each for each in beside.absorption[name].routes.values() if each.rate]
    return replace(
        model,
        parameters={**model.parameters, **{each.name: each for route in routes for each in _taken(route)}},
        states=(*model.states, *(f"depot_{each.route}" for each in routes)),
        transfers=(
            *model.transfers,
            *(Transfer(f"depot_{each.route}", into, rate=f"rate_{each.route}") for each in routes),
        ),
        routes={**model.routes, **{each.route: _first_order(each) for each in routes}},
    )


def _taken(route: RouteAbsorption) -> Iterator[Parameter]:
    yield from (each for each in (route.bioavailability, route.rate, route.lag) if each)


def _first_order(route: RouteAbsorption) -> RouteRule:
    entry = InputRule(
        into=f"depot_{route.route}",
        times=(route.bioavailability.name,),
        lag=route.lag.name if route.lag else "",
    )
    return RouteRule(route.route, (entry,), warnings=route.warnings)
