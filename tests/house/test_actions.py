"""Every action has the same shape: one verb a file, keyword-only, one permission, one audit event."""

import ast

import pytest

from scripts.repository import PACKAGE, python_files, shown

FILES = [p for p in python_files(PACKAGE / "actions") if p.name != "__init__.py"]
ALWAYS = {"command_id", "by", "now"}


def command_name(function):
    """Return the name that the ``@command`` decorator gives, or None where there is none."""
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "command":
            return decorator.args[0].value
    return None


def functions(path):
    module = ast.parse(path.read_text(encoding="utf-8"))
    return [n for n in module.body if isinstance(n, ast.FunctionDef)]


ACTIONS = [(path, f) for path in FILES for f in functions(path) if command_name(f)]


@pytest.mark.parametrize(("path", "action"), ACTIONS, ids=lambda v: getattr(v, "name", None))
def test_an_action_is_keyword_only_and_takes_command_actor_and_now(path, action):
    assert action.args.args == []
    assert {a.arg for a in action.args.kwonlyargs} >= ALWAYS


@pytest.mark.parametrize(("path", "action"), ACTIONS, ids=lambda v: getattr(v, "name", None))
def test_an_action_is_known_by_its_own_name_and_is_public(path, action):
    assert command_name(action) == action.name
    assert not action.name.startswith("_")


@pytest.mark.parametrize(("path", "action"), ACTIONS, ids=lambda v: getattr(v, "name", None))
def test_an_action_returns_its_result_and_one_audit_note(path, action):
    """The decorator writes exactly one event from the note; a second one by hand would be a second event."""
    assert "AuditNote" in ast.unparse(action.returns)
    called = {ast.unparse(n.func) for n in ast.walk(action) if isinstance(n, ast.Call)}
    assert not {name for name in called if name.endswith("audit.record")}


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_a_file_with_an_action_holds_the_verb_it_is_named_after(path):
    names = [f.name for f in functions(path) if command_name(f)]
    assert names == [] or path.stem in names


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_nothing_public_stands_beside_an_action(path):
    """A public function beside an action would be a write without audit, or a word without a home."""
    names = {f.name for f in functions(path) if command_name(f)}
    public = {f.name for f in functions(path) if not f.name.startswith("_")}
    assert not names or public == names


def test_action_names_are_unique():
    names = [f.name for _, f in ACTIONS]
    assert sorted(names) == sorted(set(names))
