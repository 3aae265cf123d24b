"""``kairos nca``: non-compartmental analysis of measured concentrations."""

import argparse
from collections.abc import Mapping
from typing import Any

import numpy as np
import orjson

from kairos.cli.nca_file import PersonSamples, read_samples
from kairos.cli.problems import DONE
from kairos.domain.pharmacology.areas import AreaMethod
from kairos.domain.pharmacology.noncompartmental import Administration, NonCompartmental, noncompartmental

NAMES = (
    *("cmax", "tmax", "tlast", "auc_last", "auc_inf_obs", "lambda_z", "lambda_z_points", "half_life"),
    *("cl", "vz", "vss", "mrt", "c0", "extrapolated_percent", "lambda_z_from", "r2_adjusted"),
)
CONVENTION = (
    "dose at time 0; lambda_z by the best adjusted R2 of the last 3 or more samples behind the peak (with it "
    "after a bolus), the most samples within 0.0001 of the best; auc_inf_obs from the last measured value; "
    "after a bolus c0 by the first two samples; cl and vz are apparent (divided by the fraction absorbed) "
    "where the route is extravascular, and mrt holds the time of absorption there"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "file",
        metavar="FILE.csv",
        help="columns subject, time, conc, dose, route (iv-bolus, iv-infusion or extravascular) and, for "
        "infusions, duration; a unit may stand behind a name, as in 'conc (mg/L)'",
    )
    methods = [str(method) for method in AreaMethod]
    parser.add_argument("--method", choices=methods, default=methods[0], help="areas; linear unless said")
    parser.add_argument("--json", action="store_true", help="answer as one JSON object on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Analyse each person of the table and print the results; 2 where anything in it cannot be used."""
    samples = read_samples(arguments.file)
    method = AreaMethod(arguments.method)
    told = {
        "file": arguments.file,
        "method": str(method),
        "units": result_units(samples.units),
        "convention": CONVENTION,
        "subjects": [_told(person, _analysed(person, method)) for person in samples.people],
    }
    print(orjson.dumps(told).decode() if arguments.json else "\n".join(_lines(told)))
    return DONE


def result_units(named: Mapping[str, str]) -> dict[str, str]:
    """Return the unit of each result, made of those in the header; where it names none, of the words."""
    time, conc, dose = (named.get(column, f"{column} unit") for column in ("time", "conc", "dose"))
    volume = f"{dose}/({conc})"
    return {
        **dict.fromkeys(("time", "tmax", "tlast", "half_life", "mrt", "lambda_z_from"), time),
        **dict.fromkeys(("conc", "cmax", "c0"), conc),
        "dose": dose,
        **dict.fromkeys(("auc_last", "auc_inf_obs"), f"{conc}*{time}"),
        "lambda_z": f"1/{time}",
        "cl": f"{volume}/{time}",
        **dict.fromkeys(("vz", "vss"), volume),
        "extrapolated_percent": "%",
        **dict.fromkeys(("lambda_z_points", "r2_adjusted"), "1"),
    }


def _analysed(person: PersonSamples, method: AreaMethod) -> NonCompartmental:
    return noncompartmental(
        np.array(person.times, dtype=np.float64),
        np.array(person.concentrations, dtype=np.float64),
        administration=person.route,
        dose=person.dose,
        duration=person.duration,
        method=method,
    )


def _told(person: PersonSamples, found: NonCompartmental) -> dict[str, Any]:
    infused = person.route is Administration.IV_INFUSION
    return {
        "subject": person.subject,
        "route": str(person.route),
        "dose": person.dose,
        "duration": person.duration if infused else None,
        "apparent": person.route is Administration.EXTRAVASCULAR,
        **{name: getattr(found, name) for name in NAMES},
        "missing": dict(found.missing),
        "left_out": person.left_out,
    }


def _lines(told: Mapping[str, Any]) -> list[str]:
    units = told["units"]
    lines = [
        f"{told['file']}: {len(told['subjects'])} subjects, areas {told['method']}",
        told["convention"],
        "",
    ]
    for person in told["subjects"]:
        lines.append(
            f"subject {person['subject']}, {person['route']}, dose {_shown(person['dose'])} {units['dose']}"
        )
        lines += [f"  {name:<21}{_shown(person[name]):>12}  {_unit(person, name, units)}" for name in NAMES]
        lines += [f"  left out: {reason}" for reason in person["left_out"]]
        lines.append("")
    return lines[:-1]


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.6g}"


def _unit(person: Mapping[str, Any], name: str, units: Mapping[str, str]) -> str:
    if name in person["missing"]:
        return str(person["missing"][name])
    apparent = " (apparent)" if person["apparent"] and name in ("cl", "vz") else ""
    return f"{'' if units[name] == '1' else units[name]}{apparent}"
