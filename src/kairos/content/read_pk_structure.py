"""The structure of a pharmacokinetic model: compartments, transfers, readings, routes."""

from collections.abc import Mapping

from kairos.content.loader import Table
from kairos.domain.pharmacology.pk_model import (
    INFUSION,
    AnalyteReading,
    DeviceRule,
    EffectSite,
    InputRule,
    Parameter,
    RouteRule,
    Transfer,
)
from kairos.domain.pharmacology.substances import Substance

States = tuple[str, ...]
Parameters = Mapping[str, Parameter]


def read_transfers(top: Table, states: States, parameters: Parameters) -> tuple[Transfer, ...]:
    """Return what leaves which compartment, and whereto."""
    return tuple(_transfer(each, states, parameters) for each in top.tables("transfers"))


def _transfer(entry: Table, states: States, parameters: Parameters) -> Transfer:
    entry.only("from", "to", "rate", "clearance", "volume", "mean_time", "steps", "share", "rest_of")
    if len([key for key in ("rate", "clearance", "mean_time") if key in entry]) != 1:
        raise entry.fault("one of rate, clearance (with volume) or mean_time (with steps) must be there")
    return Transfer(
        leaves=_one(entry, "from", states),
        into=_one(entry, "to", states) if "to" in entry else "",
        rate=_named(entry, "rate", parameters),
        clearance=_named(entry, "clearance", parameters),
        volume=_one(entry, "volume", parameters) if "clearance" in entry else "",
        mean_time=_named(entry, "mean_time", parameters),
        steps=int(entry.number("steps")) if "mean_time" in entry else 1,
        share=_named(entry, "share", parameters),
        rest_of=_named(entry, "rest_of", parameters),
    )


def read_readings(
    top: Table, states: States, parameters: Parameters, substances: Mapping[str, Substance]
) -> tuple[AnalyteReading, ...]:
    """Return where each analyte is read."""
    return tuple(_reading(each, states, parameters, substances) for each in top.tables("readings"))


def _reading(
    entry: Table, states: States, parameters: Parameters, substances: Mapping[str, Substance]
) -> AnalyteReading:
    entry.only("analyte", "in", "volume", "converts")
    analyte = _one(entry, "analyte", substances)
    return AnalyteReading(
        analyte=analyte,
        state=_one(entry, "in", states),
        volume=_one(entry, "volume", parameters),
        molar_mass=substances[analyte].molar_mass,
        converts=entry.flag("converts"),
    )


def read_routes(top: Table, states: States, parameters: Parameters) -> dict[str, RouteRule]:
    """Return the routes by name."""
    table = top.table("routes")
    return {name: _route(name, table.table(name), states, parameters) for name in table}


def _route(name: str, entry: Table, states: States, parameters: Parameters) -> RouteRule:
    entry.only("inputs", "device", "warnings")
    inputs = tuple(_input(each, states, parameters) for each in entry.tables("inputs"))
    if not inputs:
        raise entry.fault(f"the route {name} has no inputs", "inputs")
    device = _device(entry.table("device"), parameters) if "device" in entry else None
    return RouteRule(name, inputs, device, entry.texts("warnings"))


def _input(entry: Table, states: States, parameters: Parameters) -> InputRule:
    entry.only("into", "times", "rest_of", "over", "lag")
    is_infusion = entry.get("over") == INFUSION
    return InputRule(
        into=_one(entry, "into", states),
        times=_all(entry, "times", parameters),
        rest_of=_all(entry, "rest_of", parameters),
        over=INFUSION if is_infusion else _named(entry, "over", parameters),
        lag=_named(entry, "lag", parameters),
    )


def _device(entry: Table, parameters: Parameters) -> DeviceRule:
    entry.only("amount_mg", "apart_min", "most", "later")
    later = entry.table("later")
    for name in later:
        if name not in parameters:
            raise later.fault(f"later names {name!r}, which is no parameter here", name)
        _one(later, name, parameters)
    return DeviceRule(
        amount_mg=entry.number("amount_mg"),
        apart_min=entry.number("apart_min"),
        most=int(entry.number("most")),
        later={name: later.text(name) for name in later},
    )


def read_effect_site(top: Table, parameters: Parameters) -> EffectSite | None:
    """Return the place of effect, where the model has one."""
    if "effect_site" not in top:
        return None
    entry = top.table("effect_site")
    entry.only("of", "rate")
    states = {each.text("analyte"): each.text("in") for each in top.tables("readings")}
    analyte = _one(entry, "of", states)
    if not any(each["from"] == states[analyte] and "to" not in each for each in top.tables("transfers")):
        raise entry.fault(f"nothing leaves the body from {states[analyte]}; an effect site needs that", "of")
    return EffectSite(analyte, _one(entry, "rate", parameters))


def _one(entry: Table, key: str, known: Mapping[str, object] | States) -> str:
    """Return a name that must be among those known."""
    name = entry.text(key)
    if name not in known:
        raise entry.fault(f"{key} is {name!r}; expected one of {', '.join(known)}", key)
    return name


def _named(entry: Table, key: str, parameters: Parameters) -> str:
    return _one(entry, key, parameters) if key in entry else ""


def _all(entry: Table, key: str, parameters: Parameters) -> tuple[str, ...]:
    for name in entry.texts(key):
        if name not in parameters:
            raise entry.fault(f"{key} names {name!r}, which is no parameter here", key)
    return entry.texts(key)
