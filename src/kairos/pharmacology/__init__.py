"""The public door for notebooks and the command line.

>>> from kairos.pharmacology import simulate
>>> spray = simulate("perez-ruixo-2021", 84, route="nasal", age=45)
>>> round(spray.analytes["esketamine"].cmax_ng_ml)
101
"""

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
