"""What a lozenge would have to hold to match an infusion, how wide that is, and a picture of both.

Run it with: python examples/compare_routes.py; the picture is written beside it, as routes.svg.
"""

from pathlib import Path

from kairos.pharmacology import by_weight, equivalent_dose, plot_routes, simulate

infusion = simulate("clements-1981", 35, route="iv", minutes=40, age=45, weight_kg=70)
ketamine = infusion.analytes["ketamine"]
print(f"35 mg over 40 min: {ketamine.cmax_ng_ml:.0f} ng/mL after {ketamine.tmax_min:.0f} min.")

lozenge = equivalent_dose(infusion, "sl")
area, peak = lozenge.by_area, lozenge.by_peak
print(f"Under the tongue, the same area: {area.typical_mg:.0f} mg ({area.low_mg:.0f} to {area.high_mg:.0f}).")
print(f"Under the tongue, the same peak: {peak.typical_mg:.0f} mg ({peak.low_mg:.0f} to {peak.high_mg:.0f}).")
for said in lozenge.warnings:
    print(f"  {said}")

for kg, each in by_weight("clements-1981", 0.5, [50, 70, 100], route="iv", minutes=40, age=45).items():
    print(f"0.5 mg/kg in {kg} kg: {each.analytes['ketamine'].cmax_ng_ml:.0f} ng/mL.")

tongue = simulate("clements-1981", area.typical_mg, route="sl", age=45, weight_kg=70)
Path("routes.svg").write_text(plot_routes({"Vein": infusion, "Tongue, same area": tongue}), encoding="utf-8")
print("The picture is in routes.svg.")
