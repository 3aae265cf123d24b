"""Numbers with a clinical meaning stand in content, and nowhere else that shows or stores them.

Looked for in the entrances, the actions and queries, the SQL and the templates. Numbers of machinery
are listed below, each kind with its reason; the list is meant to stay short.
"""

import ast
import re

import pytest

from scripts.repository import PACKAGE, python_files, shown, tracked_files

ROOMS = [PACKAGE / room for room in ("web", "live", "jobs", "actions", "queries", "store")]
HARMLESS = {-1, 0, 1, 2, 0.5, 10, 100, 1000, 1024}  # counting, halving, percent, kilo
HTTP = {400, 403, 404, 405, 409, 413, 429, 500, 503}
MACHINERY = re.compile(
    r"status|code|max_length|length|size|width|height|timeout|limit|retries|attempts|batch|page|bytes|port|seconds|"
    r"interval|expires|max_age|digits|places|version|index|chars|cost|depth|rounds|keep|backoff|poll|wait|lines|row|"
    r"offset|lock|window|pool|workers|queue|retry|every|heartbeat|lease|sleep|cron",
    re.I,
)
CLINICAL = re.compile(
    r"systolic|diastolic|pressure|spo2|oxygen|heart|pulse|respir|sedation|dissoc|phq|gad7|bmi|weight|dose|mg|infus|"
    r"observ|release|threshold|cutoff|cut_off|remission|response_|adequate|age_years|creatinine|alt|ast|egfr",
    re.I,
)
DRAWINGS = re.compile(r"(drawing|chart|timeline|svg|axis|scale|plot|qr)")  # geometry in units of the picture
UNIT_IN_TEXT = re.compile(
    r"\b\d+(?:[.,]\d+)?\s?(?:mmHg|mm\[Hg\]|mg(?:/kg)?|kg|mL|bpm|/min|per minute|percent|weeks?|"
    r"hours?|minutes?|%)\b"
)
IN_CONDITION = re.compile(r"{%\s*(?:el)?if[^%]*?(?:[<>]=?|==)\s*(-?\d+(?:\.\d+)?)")


@pytest.mark.parametrize("path", [p for p in python_files(*ROOMS) if "migrations" not in p.parts], ids=shown)
def test_code_compares_with_no_number_of_its_own(path):
    assert list(clinical_numbers(ast.parse(path.read_text(encoding="utf-8")), shown(path))) == []


@pytest.mark.parametrize(
    "path", [p for p in tracked_files() if p.suffix == ".html" and PACKAGE in p.parents], ids=shown
)
def test_a_template_states_and_compares_no_number(path):
    text = re.sub(
        r"{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->",
        "",
        path.read_text(encoding="utf-8"),
        flags=re.S,
    )
    words = re.sub(r"<[^>]*>", " ", text)
    assert UNIT_IN_TEXT.findall(words) == []
    assert [n for n in IN_CONDITION.findall(text) if float(n) not in HARMLESS | HTTP] == []


@pytest.mark.parametrize(
    "path", [p for p in tracked_files() if p.suffix == ".sql" and PACKAGE in p.parents], ids=shown
)
def test_sql_holds_no_number_but_structure(path):
    """Limits reach SQL as arguments. Allowed: 0, 1 and powers of ten that turn seconds into microseconds."""
    text = re.sub(r"--[^\n]*|'[^']*'", "", path.read_text(encoding="utf-8"))
    numbers = re.findall(r"(?<![\w$.])\d+(?:\.\d+)?(?![\w.])", text)
    assert [n for n in numbers if float(n) not in {0, 1, 1000, 1000000}] == []


@pytest.mark.parametrize(
    "source",
    [
        "if systolic > 140: pass",
        "x = Quantity(0.5, 'mg/kg')",
        "SYSTOLIC_HOLD = 160",
        "f(max_dose=84)",
        "a <= 0.94",
    ],
)
def test_the_check_sees_a_clinical_number(source):
    assert list(clinical_numbers(ast.parse(source), "view"))


@pytest.mark.parametrize(
    "source",
    [
        "if len(xs) > 1: pass",
        "r.status_code == 404",
        "TIMEOUT_SECONDS = 15",
        "f(max_length=40)",
        "x = 5",
        "n == 7",
    ],
)
def test_the_check_lets_machinery_pass(source):
    numbers = list(clinical_numbers(ast.parse(source), "view"))
    assert numbers == ([] if source != "n == 7" else [(1, 7)])


def clinical_numbers(module, where):
    """Yield line and number where a number is compared, bound to a clinical name, or made a quantity."""
    if DRAWINGS.search(where):
        return
    for node in ast.walk(module):
        for name, numbers in _named_numbers(node):
            yield from ((node.lineno, n) for n in numbers if _speaks(name, n))


def _named_numbers(node):
    if isinstance(node, ast.Compare):
        yield (
            f"compared {ast.unparse(node)}",
            [n for side in (node.left, *node.comparators) for n in _literals(side)],
        )
    elif isinstance(node, ast.Call) and _name(node.func) in {"Quantity", "Dose", "DoseRate", "InfusionRate"}:
        yield "quantity", [n for argument in node.args for n in _literals(argument)]
    elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield "bound " + " ".join(ast.unparse(t) for t in targets), _literals(node.value)
    elif isinstance(node, ast.keyword) and node.arg:
        yield f"bound {node.arg}", _literals(node.value)


def _speaks(name, number):
    kind, _, words = name.partition(" ")
    if kind == "quantity":
        return number != 0
    if number in HARMLESS or MACHINERY.search(words):
        return False
    return kind == "compared" or bool(CLINICAL.search(words))


def _literals(node):
    inner = node.operand if isinstance(node, ast.UnaryOp) else node
    is_number = isinstance(inner, ast.Constant) and type(inner.value) in (int, float)
    return [inner.value] if is_number else []


def _name(node):
    return getattr(node, "id", getattr(node, "attr", ""))
