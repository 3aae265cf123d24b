"""``kairos simulate``: what a dose does over time, by a published model."""

import argparse
import sys
from pathlib import Path
from typing import Any

import orjson

from kairos.cli.problems import DONE
from kairos.domain.pharmacology.exposure import AnalyteExposure
from kairos.domain.pharmacology.population import Progress
from kairos.pharmacology import Simulation, Spread, plot, simulate, spread_of
from kairos.vocab.errors import InvalidInput, Problem

ROUTES = ("nasal", "iv", "im", "sc", "sl", "oral", "rectal")
ANCESTRIES = ("japanese", "asian", "other")
LONG = 100_000
"""From how many people on the progress is told: machinery."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--model", required=True, metavar="NAME", help="such as perez-ruixo-2021")
    parser.add_argument("--route", required=True, choices=ROUTES)
    parser.add_argument("--dose", required=True, type=float, metavar="MG", help="mg of base, each time")
    parser.add_argument(
        "--minutes", type=float, default=0.0, metavar="M", help="of an infusion; else all at once"
    )
    parser.add_argument("--doses", type=int, default=1, metavar="N", help="how many")
    parser.add_argument("--every-h", type=float, metavar="H", help="hours between the starts of doses")
    parser.add_argument("--age", type=float, metavar="YEARS")
    parser.add_argument("--weight", type=float, metavar="KG")
    parser.add_argument("--ancestry", choices=ANCESTRIES)
    parser.add_argument(
        "--n", type=int, metavar="N", help="draw so many people and tell how widely they differ"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same people (1)")
    parser.add_argument(
        "--times", metavar="40,80", help="minutes from the first device or the start of the dose"
    )
    parser.add_argument(
        "--outside-population",
        action="store_true",
        help="answer for people the model was not made from, and say so",
    )
    parser.add_argument(
        "--effect-site", action="store_true", help="the place of effect too, if the model has one"
    )
    parser.add_argument("--plot", type=Path, metavar="OUT.svg", help="write the curves as a picture here")
    parser.add_argument("--json", action="store_true", help="answer as one JSON object on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Simulate and print; 2 where it cannot be simulated."""
    result = simulate(
        arguments.model,
        arguments.dose,
        route=arguments.route,
        minutes=arguments.minutes,
        doses=arguments.doses,
        every_h=_every(arguments),
        age=arguments.age,
        weight_kg=arguments.weight,
        ancestry=arguments.ancestry,
        times_min=_times(arguments.times),
        outside_population=arguments.outside_population,
        effect_site=arguments.effect_site,
    )
    people = None
    if arguments.n is not None:
        people = spread_of(result, arguments.n, seed=arguments.seed, progress=_progress(arguments.n))
    if arguments.plot is not None:
        _write(arguments.plot, plot(result, spread=people))
    if arguments.json:
        print(orjson.dumps(simulation_object(result, people)).decode())
    else:
        print("\n".join(simulation_lines(result, people)))
    return DONE


def simulation_object(result: Simulation, people: Spread | None = None) -> dict[str, Any]:
    """Return the answer as the house's contract names its parts."""
    drawn = {"n": people.asked.persons, "seed": people.seed} if people else {}
    return {
        "model": result.model.name,
        "source": result.model.citation,
        "population": result.model.population.description,
        "person": dict(result.person.covariates),
        "assumed": list(result.person.assumed),
        **drawn,
        "doses": [
            {"route": d.route, "mg": d.amount_mg, "start_min": d.start_min, "over_min": d.over_min}
            for d in result.doses
        ],
        "analytes": {
            name: {level: _exposure_object(result, each) for level, each in levels.items()}
            for name, levels in _levels(result, people).items()
        },
        "warnings": list((people or result).warnings),
    }


def simulation_lines(result: Simulation, people: Spread | None = None) -> list[str]:
    """Return the answer for a person to read."""
    lines = [f"{result.model.name}: {result.model.title}", result.model.citation]
    for name, levels in _levels(result, people).items():
        lines += ["", name]
        for level, each in levels.items():
            lines.append(
                f"  {level:8} Cmax {each.cmax_ng_ml:8.1f} ng/mL at {each.tmax_min:6.1f} min   "
                f"AUC 0-24 h {each.auc_0_24_ng_h_ml:8.1f} ng*h/mL"
            )
            lines += [
                f"{value:23.1f} ng/mL at {time:6.1f} min"
                for time, value in zip(result.times_min, each.at_ng_ml, strict=True)
            ]
    return [*lines, "", *(f"- {warning}" for warning in (people or result).warnings)]


def _levels(result: Simulation, people: Spread | None) -> dict[str, dict[str, AnalyteExposure]]:
    """Return the typical person, and what stands beside them, by analyte."""
    return {
        name: {"typical": typical, **(people.analytes[name] if people else {})}
        for name, typical in result.analytes.items()
    }


def _exposure_object(result: Simulation, each: AnalyteExposure) -> dict[str, Any]:
    return {
        "cmax_ng_ml": each.cmax_ng_ml,
        "tmax_min": each.tmax_min,
        "auc_0_24_ng_h_ml": each.auc_0_24_ng_h_ml,
        "at": [
            {"t_min": float(time), "ng_ml": float(value)}
            for time, value in zip(result.times_min, each.at_ng_ml, strict=True)
        ],
    }


def _progress(n: int) -> Progress:
    """Return what tells of a long run on stderr."""
    done = 0

    def tell(people: int) -> None:
        nonlocal done
        done += people
        if n >= LONG:
            print(f"kairos: {min(done, n)} of {n} people", file=sys.stderr, flush=True)

    return tell


def _write(path: Path, picture: str) -> None:
    try:
        path.write_text(picture, encoding="utf-8")
    except OSError as error:
        why = f"{path} cannot be written ({error.strerror}); name a file in a folder that is there"
        raise InvalidInput(Problem("--plot", why)) from None


def _every(arguments: argparse.Namespace) -> float:
    if arguments.doses > 1 and arguments.every_h is None:
        raise InvalidInput(Problem("--every-h", "is missing; several doses need the hours between them"))
    return 0.0 if arguments.every_h is None else float(arguments.every_h)


def _times(words: str | None) -> list[float]:
    if words is None:
        return []
    try:
        return [float(word) for word in words.split(",")]
    except ValueError:
        raise InvalidInput(Problem("--times", f"is {words!r}; give minutes such as 40,80")) from None
