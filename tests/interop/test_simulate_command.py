"""``kairos simulate`` answers in the shape that machines rely on, and says what it cannot simulate."""

import json
import subprocess
import sys

import pytest

from kairos.cli import simulate
from kairos.cli.main import main
from kairos.pharmacology import model_names

SPRAY = ("--model", "perez-ruixo-2021", "--route", "nasal", "--dose", "84")
INFUSION = ("--route", "iv", "--dose", "35", "--minutes", "40")


def _answer(capsys, *words):
    assert main(["simulate", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def _refusal(capsys, *words):
    assert main(["simulate", *words]) == 2
    said = capsys.readouterr()
    assert not said.out
    return said.err


def test_the_answer_names_its_parts_as_the_contract_does(capsys):
    told = _answer(capsys, *SPRAY, "--age", "70", "--times", "80,40")
    assert {"analytes", "model", "source", "population", "warnings"} <= set(told)
    typical = told["analytes"]["esketamine"]["typical"]
    assert typical["cmax_ng_ml"] == pytest.approx(102.7, rel=0.01)
    assert typical["auc_0_24_ng_h_ml"] == pytest.approx(391.2, rel=0.01)
    assert [point["t_min"] for point in typical["at"]] == [40, 80]
    assert typical["at"][0]["ng_ml"] > typical["at"][1]["ng_ml"]
    assert told["analytes"]["noresketamine"]["typical"]["cmax_ng_ml"] == pytest.approx(177, rel=0.01)
    assert "10.1007/s40262-020-00953-4" in told["source"]
    assert "Ancestry was not given: other assumed." in told["warnings"]


def test_a_person_reads_it_as_lines(capsys):
    assert main(["simulate", "--model", "clements-1981", *INFUSION, "--times", "40"]) == 0
    told = capsys.readouterr().out
    assert "177.3 ng/mL at   40.0 min" in told
    assert "- Weight was not given: 70 assumed." in told
    assert "not a measurement" in told


def test_several_doses_are_one_course(capsys):
    words = ("--model", "clements-1981", *INFUSION, "--doses", "3", "--every-h", "24")
    told = _answer(capsys, *words)
    assert [dose["start_min"] for dose in told["doses"]] == [0, 1440, 2880]
    assert told["analytes"]["ketamine"]["typical"]["tmax_min"] == 2920


@pytest.mark.parametrize("name", model_names())
def test_every_model_answers_by_vein_when_asked_for_anybody(capsys, name):
    told = _answer(capsys, "--model", name, *INFUSION, "--outside-population")
    assert told["model"] == name
    assert all(each["typical"]["cmax_ng_ml"] > 0 for each in told["analytes"].values())


def test_a_person_outside_the_population_is_refused_unless_asked_for_and_named_then(capsys):
    words = ("--model", "herd-2007", *INFUSION, "--age", "45", "--weight", "70")
    assert "age 45 years is outside 1 to 14 years" in _refusal(capsys, *words)
    told = _answer(capsys, *words, "--outside-population")
    assert told["warnings"][0].startswith("Outside the population: age 45 years is outside")


def test_what_is_given_and_changes_nothing_is_said(capsys):
    told = _answer(capsys, "--model", "otto-2021", *INFUSION, "--weight", "80", "--ancestry", "japanese")
    assert "Ancestry was given and changes nothing in this model." in told["warnings"]
    assert not any(words.startswith("Weight was") for words in told["warnings"])


def test_scaling_away_from_the_weight_of_the_paper_is_said(capsys):
    words = ("--model", "kamp-2020", *INFUSION)
    scaled = "scaled by (weight / 70 kg)"
    assert scaled not in " ".join(_answer(capsys, *words, "--weight", "70")["warnings"])
    assert scaled in " ".join(_answer(capsys, *words, "--weight", "90")["warnings"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--model", "somebody-1999", *INFUSION), "model: is 'somebody-1999'; expected one of clements-1981"),
        (("--model", "otto-2021", "--route", "sl", "--dose", "5"), "route: otto-2021 has no sl; it has iv"),
        ((*SPRAY[:-1], "70"), "takes whole devices of 28 mg"),
        ((*SPRAY[:-1], "nan"), "dose: is nan mg"),
        ((*SPRAY, "--minutes", "10"), "minutes: belong to an infusion"),
        ((*SPRAY, "--times", "a,b"), "--times: is 'a,b'; give minutes such as 40,80"),
        ((*SPRAY, "--times", "-5"), "times: must be numbers of minutes"),
        ((*SPRAY, "--times", "inf"), "times: must be numbers of minutes"),
        ((*SPRAY, "--doses", "2"), "--every-h: is missing"),
        (("--model", "clements-1981", *INFUSION, "--n", "9"), "states no differences between people"),
        (
            ("--model", "flint-2017", *INFUSION, "--outside-population", "--n", "9"),
            "rates that change with time",
        ),
        ((*SPRAY, "--n", "0"), "n: is 0; give at least 1"),
        ((*SPRAY, "--n", "9", "--seed", "-1"), "seed: is -1"),
        ((*SPRAY, "--effect-site"), "effect site: perez-ruixo-2021 has none"),
        ((*SPRAY, "--doses", "0"), "doses: is 0"),
        ((*SPRAY, "--age", "17"), "age 17 years is outside 18 to 86 years"),
        ((*SPRAY, "--weight", "-1"), "weight: is -1.0; it must be a number above 0"),
    ],
)
def test_what_cannot_be_simulated_is_said(capsys, words, said):
    assert said in _refusal(capsys, *words)


def test_the_curves_are_written_as_a_picture_that_says_what_it_is(capsys, tmp_path):
    picture = tmp_path / "out.svg"
    words = ("--model", "herd-2007", *INFUSION, "--age", "45", "--weight", "70", "--outside-population")
    _answer(capsys, *words, "--plot", str(picture))
    drawn = picture.read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "Outside the population: age 45" in drawn
    assert "Simulation, not a measurement" in drawn
    said = _refusal(capsys, *SPRAY, "--plot", str(tmp_path / "nowhere" / "out.svg"))
    assert "--plot:" in said
    assert "cannot be written" in said


def test_the_effect_site_is_answered_with_its_doubt(capsys):
    told = _answer(capsys, "--model", "domino-1982", *INFUSION, "--effect-site")
    site = told["analytes"]["ketamine at the effect site"]["typical"]
    assert site["tmax_min"] > told["analytes"]["ketamine"]["typical"]["tmax_min"]
    assert any("effect site is an assumption" in words for words in told["warnings"])


def test_many_people_are_told_by_their_middle_and_their_ends(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(simulate, "LONG", 300)
    picture = tmp_path / "out.svg"
    words = (*SPRAY, "--age", "45", "--n", "300", "--times", "40,80", "--plot", str(picture))
    assert main(["simulate", *words, "--seed", "7", "--json"]) == 0
    said = capsys.readouterr()
    assert said.err == "kairos: 300 of 300 people\n"
    told = json.loads(said.out)
    assert (told["n"], told["seed"]) == (300, 7)
    esketamine = told["analytes"]["esketamine"]
    for each in ("cmax_ng_ml", "tmax_min", "auc_0_24_ng_h_ml"):
        assert esketamine["p05"][each] < esketamine["median"][each] < esketamine["p95"][each]
    assert esketamine["median"]["cmax_ng_ml"] == pytest.approx(99.1, rel=0.1)
    assert [point["t_min"] for point in esketamine["p95"]["at"]] == [40, 80]
    assert esketamine["p05"]["at"][0]["ng_ml"] < esketamine["p95"]["at"][0]["ng_ml"]
    assert any("kmet differs" in words for words in told["warnings"])
    assert "kmet differs" in picture.read_text(encoding="utf-8")


def test_the_same_seed_draws_the_same_people(capsys):
    words = ("--model", "otto-2021", "--route", "iv", "--dose", "10", "--minutes", "30", "--n", "50")
    told = [_answer(capsys, *words, "--seed", seed)["analytes"] for seed in ("3", "3", "4")]
    assert told[0] == told[1] != told[2]


def test_a_course_of_many_people_peaks_at_its_end_and_counts_the_first_day(capsys):
    words = ("--model", "otto-2021", "--route", "iv", "--dose", "10", "--minutes", "30", "--n", "50")
    once, twice = (_answer(capsys, *words, *more) for more in ((), ("--doses", "2", "--every-h", "24")))
    first, both = (each["analytes"]["esketamine"]["median"] for each in (once, twice))
    assert both["tmax_min"] > 1440 > first["tmax_min"]
    assert both["auc_0_24_ng_h_ml"] == pytest.approx(first["auc_0_24_ng_h_ml"])


def test_people_who_are_read_as_lines(capsys):
    assert main(["simulate", *SPRAY, "--ancestry", "japanese", "--n", "200"]) == 0
    told = capsys.readouterr().out
    assert "  median   Cmax" in told
    assert "people fraction_nasal was drawn above its limit and held there." in told


def test_a_word_that_is_no_flag_is_bad_input(capsys):
    with pytest.raises(SystemExit) as exit_code:
        main(["simulate", *SPRAY, "--ancestry", "martian"])
    assert exit_code.value.code == 2


def test_the_library_is_imported_without_django():
    blocked = "import sys; sys.modules['django'] = None"
    asked = "import kairos.pharmacology as door; door.load_model('otto-2021')"
    assert subprocess.run([sys.executable, "-c", f"{blocked}; {asked}"], check=False).returncode == 0
