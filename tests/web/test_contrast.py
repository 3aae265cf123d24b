"""The colour tokens as the stylesheet has them: every pair of the design language, light and dark.

Ratios after WCAG 2.2 (relative luminance and contrast ratio); text needs 4.5, large text, icons and
the edges of controls 3.
"""

import re
from pathlib import Path

import pytest

import kairos.web.design

CSS = Path(kairos.web.design.__file__).parent / "static" / "css"
TEXT, SHAPE = 4.5, 3.0
LEVELS = ("info", "due", "caution", "urgent", "emergency")

PAIRS = [
    ("ink", "ground", TEXT),
    ("ink", "surface", TEXT),
    ("ink", "raised", TEXT),
    ("ink", "sunk", TEXT),
    ("ink-2", "ground", TEXT),
    ("ink-2", "surface", TEXT),
    ("ink-2", "sunk", TEXT),
    ("ink-3", "ground", TEXT),
    ("ink-3", "surface", TEXT),
    ("ink-3", "sunk", TEXT),
    ("line-strong", "ground", SHAPE),
    ("line-strong", "surface", SHAPE),
    ("line-strong", "raised", SHAPE),
    ("spruce", "ground", TEXT),
    ("spruce", "surface", TEXT),
    ("spruce-on", "spruce", TEXT),
    ("ink", "spruce-soft", TEXT),
    ("lamp-on", "lamp", TEXT),
    ("lamp-edge", "surface", SHAPE),
    ("focus", "ground", SHAPE),
    ("focus", "surface", SHAPE),
    ("d-bp", "surface", SHAPE),
    ("d-hr", "surface", SHAPE),
    ("d-spo2", "surface", SHAPE),
    ("d-sim", "surface", SHAPE),
    *((f"{level}-fg", f"{level}-bg", TEXT) for level in LEVELS),
    *((f"{level}-on", level, TEXT) for level in LEVELS),
    *(("ink", f"{level}-bg", TEXT) for level in LEVELS),
    *((f"{level}-edge", "ground", SHAPE) for level in LEVELS),
    *((f"{level}-edge", "surface", SHAPE) for level in LEVELS),
]

# Ratios printed in the design language, to the first decimal: the check that this test computes alike.
PRINTED = {
    ("ink", "ground"): (14.5, 15.8),
    ("ink-3", "sunk"): (4.9, 7.5),
    ("line-strong", "ground"): (3.4, 4.5),
    ("spruce-on", "spruce"): (9.0, 9.5),
    ("lamp-on", "lamp"): (11.1, 11.8),
    ("caution-edge", "ground"): (3.9, 5.8),
    ("urgent-on", "urgent"): (6.7, 8.1),
    ("emergency-on", "emergency"): (7.0, 5.4),
    ("d-sim", "surface"): (3.3, 5.2),
}


def colours(selector: str) -> dict[str, str]:
    """Return the colours a block of the stylesheet sets."""
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    block = re.search(re.escape(selector) + r"\s*\{([^}]*)\}", text)
    assert block, f"tokens.css has no block {selector}"
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", block[1]))


LIGHT = colours(":root")
DARK = colours(":root[data-theme=dark]")


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "needed"), PAIRS)
def test_every_pair_is_readable(front, back, needed, theme):
    assert contrast(theme[front], theme[back]) >= needed


@pytest.mark.parametrize(("front", "back"), PRINTED)
def test_the_printed_ratios_are_these(front, back):
    light, dark = PRINTED[front, back]
    assert contrast(LIGHT[front], LIGHT[back]) == pytest.approx(light, abs=0.06)
    assert contrast(DARK[front], DARK[back]) == pytest.approx(dark, abs=0.06)


def test_following_the_device_and_choosing_dark_are_the_same():
    assert colours(":root:not([data-theme=light])") == DARK


def test_light_and_dark_name_the_same_colours():
    assert set(LIGHT) == set(DARK)


def test_no_stylesheet_reaches_outside_or_names_a_clinic_colour_twice():
    for sheet in CSS.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "//" not in re.sub(r"/\*.*?\*/", "", text, flags=re.S), sheet
        assert "@import" not in text
