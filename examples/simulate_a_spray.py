"""An esketamine spray: both substances, a medicine beside it, a receptor with its caveat, a table, a picture.

Run it with: python examples/simulate_a_spray.py; the picture is written beside it, as spray.svg.
"""

from pathlib import Path

import numpy as np

from kairos.pharmacology import beside, plot, receptor_occupancy, simulate
from kairos.pharmacology.tables import columns

spray = simulate("perez-ruixo-2021", 84, route="nasal", age=45, weight_kg=70, ancestry="other")
for name, each in spray.analytes.items():
    print(f"{name}: {each.cmax_ng_ml:.0f} ng/mL after {each.tmax_min:.0f} min.")

with_it = beside(spray, "ticlopidine")
area, sources = f"{with_it.auc_0_24_ng_h_ml:.0f} ng*h/mL", ", ".join(with_it.effect.sources)
print(f"Beside ticlopidine the area is {with_it.effect.auc:g} times that: {area} ({sources}).")

hours = np.arange(0.0, 241.0, 60.0)
course = receptor_occupancy(spray, hours)
print("Occupancy after 0 to 4 h:", ", ".join(f"{part:.0%}" for part in course.unbound))
print(f"  {course.caveat}")

table = columns(spray, hours)
print(f"A table of {len(table['t_min'])} rows: {', '.join(table)}.")

Path("spray.svg").write_text(plot(spray), encoding="utf-8")
print("The picture is in spray.svg.")
