"""The public door for notebooks and the command line.

>>> from kairos.pharmacology import simulate
>>> spray = simulate("perez-ruixo-2021", 84, route="nasal", age=45)
>>> round(spray.analytes["esketamine"].cmax_ng_ml)
101
"""

from kairos.domain.pharmacology.administration import Dose
from kairos.domain.pharmacology.pk_model import PKModel
from kairos.pharmacology.simulation import Simulation, load_model, model_names, simulate

__all__ = ["Dose", "PKModel", "Simulation", "load_model", "model_names", "simulate"]
