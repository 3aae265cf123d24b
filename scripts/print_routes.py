"""Print who may open which page as ``docs/reference/routes.md``; ``--check`` only compares."""

import os
import sys

from scripts.repository import ROOT

PAGE = ROOT / "docs" / "reference" / "routes.md"


def page() -> str:
    """Return the page, from the routes as they are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kairos.settings.base")
    import django
    from django.urls import get_resolver

    django.setup()
    from kairos.web.access import describe_access, walk_routes

    return describe_access(walk_routes(get_resolver().url_patterns))


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` say whether it is fresh."""
    text = page()
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    fresh = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
    if not fresh:
        sys.stderr.write(f"{PAGE.relative_to(ROOT)} is out of date; run: make docs\n")
    return 0 if fresh else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
