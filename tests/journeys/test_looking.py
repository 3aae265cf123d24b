"""What the looks of all other journeys find: faults of every kind, in each theme."""

import pytest

pytestmark = pytest.mark.journey

PAGE = """
<html><style>p { color: #777; background: #fff }
@media (prefers-color-scheme: dark) { p { background: #999 } }</style>
<body><img src="data:,"><p>too pale</p><input></body></html>
"""


def test_faults_are_found_in_one_theme_and_colours_in_both(open_screen):
    screen = open_screen("desk", "light", "dark")
    screen.page.set_content(PAGE)
    found = {tuple(fault.split(": ")[:2]) for fault in screen.axe()}
    asked = ("image-alt", "label", "html-has-lang", "region", "page-has-heading-one", "color-contrast")
    assert found >= {("light", rule) for rule in asked}
    assert ("dark", "color-contrast") in found


def test_what_is_too_wide_is_named(open_screen):
    screen = open_screen("phone", "light")
    screen.page.set_content('<div style="width: 900px">wide</div>')
    assert "wide" in screen.scrolls_sideways()[0]
