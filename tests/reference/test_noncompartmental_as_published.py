"""The analysis of Theoph and Indometh as Phoenix WinNonlin printed it; sources in data/README.md."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kairos.domain.pharmacology.areas import AreaMethod
from kairos.domain.pharmacology.noncompartmental import Administration, NonCompartmental, noncompartmental

DATA = Path(__file__).parent / "data"
DOSE = {"theoph": 320.0, "indometh": 25.0}
INFUSION = 0.25
PRINTED = 5e-7
"""Relative; the figures are printed to 7 digits, and the smallest of them to 6."""


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _samples(data: str) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    rows = _rows(f"{data}.csv")
    for subject in dict.fromkeys(row["subject"] for row in rows):
        own = [row for row in rows if row["subject"] == subject]
        yield subject, *(np.array([float(row[name]) for row in own]) for name in ("time", "conc"))


def _results(data: str, route: str, method: str) -> dict[str, NonCompartmental]:
    administration = Administration(route)
    duration = INFUSION if administration is Administration.IV_INFUSION else 0.0
    return {
        subject: noncompartmental(
            times,
            levels,
            administration=administration,
            dose=DOSE[data],
            duration=duration,
            method=AreaMethod(method),
        )
        for subject, times, levels in _samples(data)
    }


CASES = list(dict.fromkeys((row["data"], row["route"], row["method"]) for row in _rows("winnonlin.csv")))


def test_both_data_sets_all_routes_and_both_methods_are_published():
    assert len(CASES) == 8


@pytest.mark.parametrize(("data", "route", "method"), CASES)
def test_every_figure_is_that_of_winnonlin(data, route, method):
    results = _results(data, route, method)
    wrong = []
    for row in _rows("winnonlin.csv"):
        if (row["data"], row["route"], row["method"]) != (data, route, method):
            continue
        for subject, result in results.items():
            printed, found = float(row[subject]), getattr(result, row["name"])
            if found != pytest.approx(printed, rel=PRINTED, abs=PRINTED):
                wrong.append(f"{row['name']} of {subject}: {found}, printed {printed}")
    assert not wrong


def test_the_data_sets_are_whole():
    assert [len(times) for _, times, _ in _samples("theoph")] == [11] * 12
    assert [len(times) for _, times, _ in _samples("indometh")] == [11] * 6
