"""Print the specification tests as a page: folder = chapter, file = section, test = paragraph.

``python -m scripts.print_specs`` writes ``docs/reference/what-the-program-does.md``. The tests are
read, not run.
"""

import ast
import inspect
import runpy
import sys
from dataclasses import dataclass
from pathlib import Path

from scripts.repository import ROOT

SPECS = ROOT / "tests" / "spec"
PAGE = ROOT / "docs" / "reference" / "what-the-program-does.md"

HEAD = """# What the program does

This page is printed from the specification tests in `tests/spec`: each sentence and each row below is
checked by `make test`. It is made by `make docs`; change the tests, not this page. The numbers in it are
the values of the shipped content, which a programme's medical director may tighten; they are not advice.
"""

Table = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Paragraph:
    """One test: its words, and the tables it walks through."""

    name: str
    text: str
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Section:
    """One spec file."""

    title: str
    introduction: str
    paragraphs: tuple[Paragraph, ...]


def contents() -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """Return the chapters in the order of ``tests/spec/toc.py``."""
    chapters: dict[str, tuple[str, str, tuple[str, ...]]] = runpy.run_path(str(SPECS / "toc.py"))["CHAPTERS"]
    return chapters


def spec_file(chapter: str, section: str) -> Path:
    """Return the path of a section's test file."""
    return SPECS / chapter / f"test_{section}.py"


def read_section(path: Path) -> Section:
    """Read one spec file without running it."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    tables = _tables(module)
    title, _, introduction = inspect.cleandoc(ast.get_docstring(module) or path.stem).partition("\n")
    tests = (n for n in module.body if isinstance(n, ast.FunctionDef) and n.name.startswith("test_"))
    return Section(title.rstrip("."), _unwrapped(introduction), tuple(_paragraph(n, tables) for n in tests))


def page() -> str:
    """Return the whole page as Markdown."""
    parts = [HEAD]
    for folder, (title, introduction, sections) in contents().items():
        parts.append(f"## {title}\n\n{introduction}\n")
        for name in sections:
            parts.extend(_print_section(read_section(spec_file(folder, name))))
    return "\n".join(parts)


def _print_section(section: Section) -> list[str]:
    lines = [f"### {section.title}\n"]
    if section.introduction:
        lines.append(f"{section.introduction}\n")
    for index, paragraph in enumerate(section.paragraphs):
        lines.append(f"{paragraph.text}\n")
        later = [t for other in section.paragraphs[index + 1 :] for t in other.tables]
        lines.extend(_print_table(table) for table in paragraph.tables if table not in later)
    return lines


def _print_table(table: Table) -> str:
    header, *rows = table
    width = len(header)
    lines = [header, ("---",) * width, *(row + ("",) * (width - len(row)) for row in rows)]
    return (
        "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines) + "\n"
    )


def _paragraph(test: ast.FunctionDef, tables: dict[str, Table]) -> Paragraph:
    used = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
    text = _unwrapped(ast.get_docstring(test) or test.name.removeprefix("test_").replace("_", " "))
    return Paragraph(test.name, text, tuple(table for name, table in tables.items() if name in used))


def _tables(module: ast.Module) -> dict[str, Table]:
    found: dict[str, Table] = {}
    for node in module.body:
        target = node.target if isinstance(node, ast.AnnAssign) else None
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and target.id.endswith("SITUATIONS") and isinstance(value, ast.Tuple):
            found[target.id] = tuple(_row(row) for row in value.elts)
    return found


def _row(row: ast.expr) -> tuple[str, ...]:
    cells = row.elts if isinstance(row, ast.Tuple | ast.List) else [row]
    return tuple(_cell(cell) for cell in cells)


def _cell(cell: ast.expr) -> str:
    if isinstance(cell, ast.Attribute):
        return cell.attr.lower().replace("_", " ")
    if isinstance(cell, ast.Tuple | ast.List | ast.Set):
        return ", ".join(_cell(part) for part in cell.elts) or "none"
    if isinstance(cell, ast.Constant):
        plain = {None: "none", True: "yes", False: "no"}
        known = cell.value is None or isinstance(cell.value, bool)
        return plain[cell.value] if known else _words(str(cell.value))  # type: ignore[index]
    return ast.unparse(cell)


def _words(text: str) -> str:
    """Print ``moderately_severe`` as people write it; leave sentences alone."""
    return text.replace("_", " ") if text.isidentifier() else text


def _unwrapped(text: str) -> str:
    """Join the lines of each paragraph; keep lists as they are."""
    blocks = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(
        b if b.lstrip().startswith(("-", "*", "1.", "|")) else " ".join(b.split()) for b in blocks
    )


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
