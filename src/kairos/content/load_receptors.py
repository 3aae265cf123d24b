"""Receptors from ``receptors/<name>.yaml``: affinities, unbound fractions, and the caveat they carry."""

from collections.abc import Mapping

from kairos.content.loader import ContentFile, ContentSource, Lint, Table
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.texts import TextBook
from kairos.domain.pharmacology.receptor import Affinity, Receptor, UnboundFraction
from kairos.domain.pharmacology.substances import Substance


def load_receptors(
    source: ContentSource, lint: Lint, *, substances: Mapping[str, Substance], texts: TextBook
) -> Mapping[str, Receptor]:
    """Return the receptors by their file's name."""
    found: dict[str, Receptor] = {}
    for file in source.under("receptors/"):
        with lint.collecting():
            receptor = _receptor(file, lint, substances, texts)
            found[receptor.name] = receptor
    return found


def _receptor(
    file: ContentFile, lint: Lint, substances: Mapping[str, Substance], texts: TextBook
) -> Receptor:
    top = file.table()
    top.only("title", "caveat", "affinities", "made_of", "unbound")
    if top.text("caveat") not in texts:
        raise top.fault(f"caveat names the text {top['caveat']!r}, which does not exist", "caveat")
    bound, made_of, unbound = (top.table(key) for key in ("affinities", "made_of", "unbound"))
    affinities = {name: _affinity(name, bound.table(name), lint) for name in bound}
    for table in (made_of, unbound):
        _check_known(table, substances, "substances.yaml")
    return Receptor(
        name=file.path.removeprefix("receptors/").removesuffix(".yaml"),
        title=top.text("title"),
        caveat=top.text("caveat"),
        affinities=affinities,
        made_of={name: _parts(made_of.table(name), affinities) for name in made_of},
        unbound={name: _unbound(unbound.table(name), lint) for name in unbound},
    )


def _affinity(name: str, entry: Table, lint: Lint) -> Affinity:
    entry.only("ki", "unit", "source", "certainty")
    if entry.text("unit") != "umol/L" or not entry.number("ki") > 0:
        raise entry.fault("ki must be above 0, in umol/L", "ki")
    return Affinity(name, entry.number("ki"), entry.one_of("certainty", Certainty), lint.sources(entry))


def _parts(table: Table, affinities: Mapping[str, Affinity]) -> Mapping[str, float]:
    _check_known(table, affinities, "the affinities")
    parts = {name: table.number(name) for name in table}
    if sum(parts.values()) != 1:
        raise table.fault(f"the parts add up to {sum(parts.values()):g}, not to 1")
    return parts


def _unbound(entry: Table, lint: Lint) -> UnboundFraction:
    entry.only("value", "low", "high", "unit", "source", "certainty")
    low, typical, high = (entry.number(key) for key in ("low", "value", "high"))
    if entry.text("unit") != "1" or not 0 < low <= typical <= high <= 1:
        raise entry.fault("low, value and high must rise from above 0 to at most 1, unit 1", "value")
    certainty = entry.one_of("certainty", Certainty)
    return UnboundFraction(typical, low, high, certainty, lint.sources(entry))


def _check_known(table: Table, known: Mapping[str, object], where: str) -> None:
    for name in table:
        if name not in known:
            raise table.fault(f"{name!r} is not among {where}", name)
