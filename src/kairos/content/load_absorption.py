"""Substances from ``substances.yaml`` and first-order input by route from ``absorption/<name>.yaml``."""

from collections.abc import Mapping

from kairos.content.load_parameters import read_review
from kairos.content.loader import ContentFile, ContentSource, Lint, Table, each_entry
from kairos.content.read_pk_parameter import read_parameter
from kairos.domain.evidence.citations import Basis, Certainty
from kairos.domain.pharmacology.absorption import AbsorptionTable, RouteAbsorption
from kairos.domain.pharmacology.pk_model import Parameter
from kairos.domain.pharmacology.substances import Substance


def load_substances(source: ContentSource, lint: Lint) -> Mapping[str, Substance]:
    """Return drugs and metabolites with their molar masses."""
    found: dict[str, Substance] = {}

    def build(name: str, entry: Table) -> None:
        if name == "review":
            read_review(entry)
            return
        entry.only("molar_mass", "hydrochloride_molar_mass", "unit", "source", "certainty", "note")
        if entry.text("unit") != "g/mol":
            raise entry.fault("unit must be g/mol", "unit")
        salt = "hydrochloride_molar_mass"
        found[name] = Substance(
            name=name,
            molar_mass=entry.number("molar_mass"),
            certainty=entry.one_of("certainty", Certainty),
            sources=lint.sources(entry),
            salt_molar_mass=entry.number(salt) if salt in entry else 0.0,
        )

    each_entry(source.under("substances.yaml"), lint, build)
    return found


def load_absorption(source: ContentSource, lint: Lint) -> Mapping[str, AbsorptionTable]:
    """Return the tables of routes by their file's name."""
    found: dict[str, AbsorptionTable] = {}
    for file in source.under("absorption/"):
        with lint.collecting():
            table = _table(file, lint)
            found[table.name] = table
    return found


def _table(file: ContentFile, lint: Lint) -> AbsorptionTable:
    top = file.table()
    top.only("review", "substance", "routes")
    read_review(top.table("review"))
    routes = top.table("routes")
    return AbsorptionTable(
        name=file.path.removeprefix("absorption/").removesuffix(".yaml"),
        substance=top.text("substance"),
        routes={name: _route(name, routes.table(name), lint) for name in routes},
    )


def _route(name: str, entry: Table, lint: Lint) -> RouteAbsorption:
    entry.only("bioavailability", "rate", "lag", "warnings")
    return RouteAbsorption(
        route=name,
        bioavailability=_own(name, "bioavailability", entry, lint),
        rate=_own(name, "rate", entry, lint) if "rate" in entry else None,
        lag=_own(name, "lag", entry, lint) if "lag" in entry else None,
        warnings=entry.texts("warnings"),
    )


def _own(route: str, key: str, entry: Table, lint: Lint) -> Parameter:
    """Return a parameter that names its own source: each route rests on other people's work."""
    table = entry.table(key)
    table.one_of("basis", Basis)
    certainty = table.one_of("certainty", Certainty)
    return read_parameter(f"{key}_{route}", table, lint, certainty=certainty, sources=lint.sources(table))
