"""Hold the words of the pages for patients and strangers against what may be said to them.

``python -m scripts.check_public_pages``: claims that do not hold, banned words and numbers that no figure of
the content states, in the templates and the translated strings. Overrides stand in public_words.yaml.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from kairos.content.claim_reader import read_claim_reader
from kairos.content.load_public_words import load_public_words
from kairos.content.loader import Lint, read_source
from kairos.domain.evidence.public_words import PublicWords
from kairos.domain.evidence.readable import TextForm, readable
from scripts.repository import PACKAGE

WEB = PACKAGE / "web"
AREAS = ("portal", "public")
_SPOKEN = re.compile(r"{%\s*translate\s+(\"[^\"]*\"|'[^']*').*?%}")
_FILLED = re.compile(r"{{.*?}}", re.S)
_TAG = re.compile(r"{%.*?%}|{#.*?#}", re.S)
_GETTEXT = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "pgettext"})
_PLACE = re.compile(r"%\(\w+\)[sd]")


def main() -> int:
    """Print every fault as ``file: fault``; 1 where there are any."""
    found = list(faults(public_words(), WEB))
    print(
        "\n".join(found) or "the pages for patients and strangers are in order",
        file=sys.stderr if found else sys.stdout,
    )
    return 1 if found else 0


def public_words() -> PublicWords:
    """Return what ships."""
    source, lint = read_source(), Lint()
    words = load_public_words(source, lint, read_claim_reader(source))
    lint.finish()
    return words


def faults(words: PublicWords, root: Path) -> Iterator[str]:
    """Yield the faults of all pages below a folder, and overrides that nothing needs."""
    said = [
        (f"web/{path.relative_to(root).as_posix()}", text) for path in pages(root) for text in spoken(path)
    ]
    for where, text in said:
        yield from (f"{where}: {fault}" for fault in words.faults(where, text))
    for override in words.overrides:
        if override.where.startswith("web/") and not any(override.lets_stand(*each) for each in said):
            yield f"public_words.yaml: nothing needs {override.says!r} in {override.where}"


def pages(root: Path) -> Iterator[Path]:
    """Yield the files that speak to patients and strangers."""
    for area in AREAS:
        yield from sorted(p for p in (root / area).rglob("*") if p.suffix in {".html", ".py"})


def spoken(path: Path) -> Iterator[str]:
    """Yield what a file says to people; what is filled in later is told as ``{}``."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        page = _TAG.sub(" ", _FILLED.sub("{}", _SPOKEN.sub(lambda tag: tag[1][1:-1], source)))
        yield readable(page, TextForm.HTML).text
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _GETTEXT:
            for given in node.args:
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield _PLACE.sub("{}", given.value)


if __name__ == "__main__":
    sys.exit(main())
