"""What production refuses, and how commands end."""

import subprocess
import sys
from pathlib import Path

import pytest

from kairos.cli.main import main

PRODUCTION = {"KAIROS_ENV": "production", "KAIROS_HOSTS": "k.test", "DATABASE_URL": ""}


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("KAIROS_HOME", str(tmp_path / "home"))


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize("words", [["serve"], ["web"], ["live"], ["jobs"], ["migrate"], ["demo"]])
def test_production_refuses_the_embedded_server(
    words: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(words) == 2
    assert "production" in capsys.readouterr().err
    assert not (tmp_path / "home" / "postgres").exists()


@pytest.mark.usefixtures("production")
def test_production_refuses_the_demonstration_on_any_database(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql:///clinic")
    assert main(["demo"]) == 2
    assert "demonstration log-ins are refused" in capsys.readouterr().err


def settings_in(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own."""
    words = (
        "import kairos.settings.base as s; print(s.SESSION_COOKIE_SECURE, s.KAIROS_IS_DEMO, s.ALLOWED_HOSTS)"
    )
    environment = {"PATH": "/usr/bin:/bin", "KAIROS_HOME": str(tmp_path)} | variables
    return subprocess.run([sys.executable, "-c", words], env=environment, capture_output=True, text=True)


def test_production_wants_its_secrets_database_and_hosts(tmp_path: Path) -> None:
    given = {
        "KAIROS_ENV": "production",
        "KAIROS_HOSTS": "k.test",
        "DATABASE_URL": "postgresql://kairos_app:x@db/kairos",
        "KAIROS_DJANGO_SECRET": "s" * 50,
        "KAIROS_MASTER_KEY": "k" * 50,
    }
    assert settings_in(tmp_path, **given).stdout == "True False ['k.test']\n"
    for name in given:
        if name != "KAIROS_ENV":
            left = {key: value for key, value in given.items() if key != name}
            refused = settings_in(tmp_path, **left)
            assert refused.returncode != 0
            assert f"{name}: is not set" in refused.stderr


def test_commands_without_a_database_start_fast(tmp_path: Path) -> None:
    loaded = "import sys, kairos.cli.main as m; m.main(['--help']); print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("False\n")


@pytest.mark.parametrize(
    ("words", "variables", "said"),
    [
        (["no-such-command"], {}, "is not a command"),
        (["serve"], {"PORT": "many"}, "PORT: is 'many'"),
        (["serve"], {"KAIROS_ENV": "prod"}, "KAIROS_ENV: is 'prod'"),
        (["live", "--listen", "nowhere"], {}, "--listen: is 'nowhere'"),
    ],
)
def test_bad_input_is_named_and_answered_with_2(
    words: list[str],
    variables: dict[str, str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert main(words) == 2
    assert said in capsys.readouterr().err


def test_a_fault_of_ours_ends_with_3_and_without_its_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down(*_: object) -> int:
        raise RuntimeError("Canary Quux was in the row")

    monkeypatch.setattr("kairos.cli.migrate.run", break_down)
    assert main(["migrate"]) == 3
    said = capsys.readouterr().err
    assert "RuntimeError" in said
    assert "Canary" not in said
