"""The colours: text on every ground it stands on has the contrast that WCAG AA asks for."""

import re
from pathlib import Path

import pytest

import coach.ui

STYLE = (Path(coach.ui.__file__).parent / "style.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r"\{([^}]*)\}", STYLE)[:2]
)
PAIRS = [
    *((text, ground) for text in ("ink", "muted", "accent") for ground in ("paper", "sheet")),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("ink", "accent-soft"),
    ("accent", "accent-soft"),
    ("bad", "bad-soft"),
    ("ink", "warn-soft"),
    ("warn", "warn-soft"),
    *((tag, f"{tag}-soft") for tag in "starlo"),
    *((tag, "paper") for tag in "starlo"),
    *(("ink", f"{tag}-soft") for tag in "starlo"),
    *(("muted", f"{tag}-soft") for tag in "starlo"),
]


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(colours: dict[str, str], text: str, ground: str) -> None:
    dim, bright = sorted((luminance(colours[text]), luminance(colours[ground])))
    assert (bright + 0.05) / (dim + 0.05) >= 4.5


def test_nothing_is_fetched_by_the_style() -> None:
    assert "url(" not in STYLE
    assert "@import" not in STYLE
