"""Measured concentrations of one person after a bolus: areas, half-life, clearance, and what stays empty.

Run it with: python examples/analyse_concentrations.py
"""

import numpy as np

from kairos.domain.pharmacology.areas import AreaMethod
from kairos.domain.pharmacology.noncompartmental import Administration, noncompartmental

hours = np.array([0.25, 0.5, 0.75, 1, 1.25, 2, 3, 4, 5, 6, 8])
mg_per_l = np.array([1.50, 0.94, 0.78, 0.48, 0.37, 0.19, 0.12, 0.11, 0.08, 0.07, 0.05])

for method in AreaMethod:
    found = noncompartmental(hours, mg_per_l, administration=Administration.IV_BOLUS, dose=25, method=method)
    print(
        f"{method}: area {found.auc_inf_obs:.2f} mg/L*h, clearance {found.cl:.1f} L/h, Vss {found.vss:.1f} L."
    )
print(f"Half-life {found.half_life:.1f} h, from the last {found.lambda_z_points} samples.")

short = noncompartmental(hours[:2], mg_per_l[:2], administration=Administration.IV_BOLUS, dose=25)
print(f"With two samples, clearance is {short.cl}: {short.missing['cl']}.")
