"""The public door for notebooks and the command line.

>>> from kairos.pharmacology import simulate
>>> spray = simulate("perez-ruixo-2021", 84, route="nasal", age=45)
>>> round(spray.analytes["esketamine"].cmax_ng_ml)
101

The door opens at once: arrays, models and pictures are brought in when one of its names is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kairos.domain.pharmacology.administration import Dose
    from kairos.domain.pharmacology.pk_model import PKModel
    from kairos.pharmacology.equivalence import EquivalentDose, equivalent_dose
    from kairos.pharmacology.occupancy import OccupancyCourse, receptor_occupancy
    from kairos.pharmacology.pictures import plot, plot_routes
    from kairos.pharmacology.simulation import Simulation, load_model, model_names, simulate
    from kairos.pharmacology.spread import Spread, spread_of
    from kairos.pharmacology.tables import to_pandas, to_polars, to_xarray
    from kairos.pharmacology.what_if import BesideMedicine, beside, by_weight

__all__ = [
    "BesideMedicine",
    "Dose",
    "EquivalentDose",
    "OccupancyCourse",
    "PKModel",
    "Simulation",
    "Spread",
    "beside",
    "by_weight",
    "equivalent_dose",
    "load_model",
    "model_names",
    "plot",
    "plot_routes",
    "receptor_occupancy",
    "simulate",
    "spread_of",
    "to_pandas",
    "to_polars",
    "to_xarray",
]

_BEHIND = {
    "BesideMedicine": "kairos.pharmacology.what_if",
    "Dose": "kairos.domain.pharmacology.administration",
    "EquivalentDose": "kairos.pharmacology.equivalence",
    "OccupancyCourse": "kairos.pharmacology.occupancy",
    "PKModel": "kairos.domain.pharmacology.pk_model",
    "Simulation": "kairos.pharmacology.simulation",
    "Spread": "kairos.pharmacology.spread",
    "beside": "kairos.pharmacology.what_if",
    "by_weight": "kairos.pharmacology.what_if",
    "equivalent_dose": "kairos.pharmacology.equivalence",
    "load_model": "kairos.pharmacology.simulation",
    "model_names": "kairos.pharmacology.simulation",
    "plot": "kairos.pharmacology.pictures",
    "plot_routes": "kairos.pharmacology.pictures",
    "receptor_occupancy": "kairos.pharmacology.occupancy",
    "simulate": "kairos.pharmacology.simulation",
    "spread_of": "kairos.pharmacology.spread",
    "to_pandas": "kairos.pharmacology.tables",
    "to_polars": "kairos.pharmacology.tables",
    "to_xarray": "kairos.pharmacology.tables",
}


def __getattr__(name: str) -> object:
    """Bring in what a name stands for."""
    if name not in _BEHIND:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_BEHIND[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Name what is behind the door, for a notebook's completion."""
    return sorted({*globals(), *__all__})
