"""One pharmacokinetic parameter: value, unit, source, spread between people, covariates."""

from math import log1p

from kairos.content.loader import Lint, Table
from kairos.domain.evidence.citations import Certainty
from kairos.domain.pharmacology.pk_model import Effect, EffectForm, Parameter, Spread, Variability
from kairos.vocab.quantities import Quantity

_HOUR = 60.0
_IN_MINUTES_AND_LITRES = {
    "1": 1.0,
    "%": 0.01,
    "min": 1.0,
    "h": _HOUR,
    "/min": 1.0,
    "/h": 1 / _HOUR,
    "L": 1.0,
    "L/kg": 1.0,
    "L/min": 1.0,
    "L/h": 1 / _HOUR,
}
_KEYS = (
    *("value", "unit", "low", "high", "source", "certainty", "basis", "note", "effects", "highest"),
    *("cv", "log_variance", "logit_sd", "occasion_log_variance", "placeholder", "grows_per_hour"),
)


def read_parameter(
    name: str, entry: Table, lint: Lint, *, certainty: Certainty, sources: tuple[str, ...]
) -> Parameter:
    """Return a parameter in min and L; what it does not say of its source, the whole file says."""
    entry.only(*_KEYS)
    unit = entry.text("unit")
    if unit not in _IN_MINUTES_AND_LITRES:
        raise entry.fault(f"unit is {unit!r}; expected one of {', '.join(_IN_MINUTES_AND_LITRES)}", "unit")
    factor = _IN_MINUTES_AND_LITRES[unit]
    return Parameter(
        name=name,
        typical=_positive(entry, "value") * factor,
        printed=Quantity(entry.number("value"), unit),
        certainty=entry.one_of("certainty", Certainty, certainty),
        sources=lint.sources(entry) if "source" in entry else sources,
        low=_optional(entry, "low", factor),
        high=_optional(entry, "high", factor),
        effects=tuple(_effect(each, factor) for each in entry.tables("effects")),
        varies=_varies(entry),
        highest=_optional(entry, "highest", factor),
        changes_per_min=(_optional(entry, "grows_per_hour", 1.0) or 0.0) / _HOUR,
        note=entry.text("note", ""),
    )


def _positive(entry: Table, key: str) -> float:
    value = entry.number(key)
    if value < 0:
        raise entry.fault(f"{key} is {value:g}; nothing here is below 0", key)
    return value


def _optional(entry: Table, key: str, factor: float) -> float | None:
    return _positive(entry, key) * factor if key in entry else None


def _varies(entry: Table) -> tuple[Variability, ...]:
    """Return the spread between people first, then that between occasions."""
    given = [key for key in ("cv", "log_variance", "logit_sd") if key in entry]
    if len(given) > 1:
        raise entry.fault(f"the spread is stated {len(given)} times: {', '.join(given)}", given[1])
    found = [_between_people(entry, key, entry.flag("placeholder")) for key in given]
    if "occasion_log_variance" in entry:
        variance = _positive(entry, "occasion_log_variance")
        found.append(Variability(Spread.LOG_NORMAL, variance, occasion=True))
    return tuple(found)


def _between_people(entry: Table, key: str, is_placeholder: bool) -> Variability:
    value = _positive(entry, key)
    match key:
        case "cv":  # percent; exact for a log-normal, not the shortcut omega = CV
            return Variability(Spread.LOG_NORMAL, log1p((value / 100) ** 2), is_placeholder=is_placeholder)
        case "logit_sd":
            return Variability(Spread.LOGIT_NORMAL, value**2, is_placeholder=is_placeholder)
        case _:
            return Variability(Spread.LOG_NORMAL, value, is_placeholder=is_placeholder)


_EFFECT_KEYS = {
    EffectForm.POWER: ("reference", "exponent"),
    EffectForm.PROPORTIONAL: (),
    EffectForm.LINEAR_ABOVE: ("reference", "slope"),
    EffectForm.BY_CATEGORY: ("factors",),
}


def _effect(entry: Table, factor: float) -> Effect:
    form = entry.one_of("form", EffectForm)
    needed = _EFFECT_KEYS[form]
    entry.only("of", "form", "note", *needed)
    factors = entry.table("factors") if "factors" in needed else {}
    return Effect(
        covariate=entry.text("of"),
        form=form,
        reference=entry.number("reference") if "reference" in needed else 1.0,
        exponent=entry.number("exponent") if "exponent" in needed else 1.0,
        slope=entry.number("slope") * factor if "slope" in needed else 0.0,
        factors={word: entry.table("factors").number(word) for word in factors},
        note=entry.text("note", ""),
    )
