"""``kairos simulate`` answers in the shape that machines rely on, and says what it cannot simulate."""

import json
import subprocess
import sys

import pytest

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


def test_a_word_that_is_no_flag_is_bad_input(capsys):
    with pytest.raises(SystemExit) as exit_code:
        main(["simulate", *SPRAY, "--ancestry", "martian"])
    assert exit_code.value.code == 2


def test_the_library_is_imported_without_django():
    blocked = "import sys; sys.modules['django'] = None"
    asked = "import kairos.pharmacology as door; door.load_model('otto-2021')"
    assert subprocess.run([sys.executable, "-c", f"{blocked}; {asked}"], check=False).returncode == 0
