"""How the app looks: quiet paper, dark ink, system fonts only. Nothing is fetched from anywhere."""

from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_SHEETS = ("style.css", "interview.css", "kept.css")
_SCRIPTS = ("page.js", "kept.js", "exercise.js")

SANS = [
    "-apple-system",
    "Segoe UI",
    "Roboto",
    "Inter",
    "Noto Sans",
    "Cantarell",
    "Liberation Sans",
    "sans-serif",
]
MONO = ["ui-monospace", "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", "monospace"]


def head() -> str:
    """Return what goes into the page's head: our style and script.

    Not by gradio's `css` option: that rewrites the sheet, splits `:is(a, b)` at its commas and drops shorthands.
    """
    style, script = (
        "".join((_HERE / name).read_text(encoding="utf-8") for name in names) for names in (_SHEETS, _SCRIPTS)
    )
    return f"<style>{style}</style><script>{script}</script>"


def theme() -> Any:
    """Return the Gradio theme: its variables point at those of style.css, which knows light and dark."""
    import gradio as gr

    # Plain strings, not gradio's Font objects by name: those would ask a font service for the files.
    base = gr.themes.Base(font=SANS, font_mono=MONO, radius_size="md", text_size="md", spacing_size="md")
    ours = {
        "body_background_fill": "var(--paper)",
        "body_text_color": "var(--ink)",
        "body_text_color_subdued": "var(--muted)",
        "background_fill_primary": "var(--paper)",
        "background_fill_secondary": "var(--sheet)",
        "block_background_fill": "transparent",
        "block_border_width": "0px",
        "block_padding": "0px",
        "block_shadow": "none",
        "block_label_background_fill": "transparent",
        "block_label_text_color": "var(--ink)",
        "block_title_text_color": "var(--ink)",
        "block_title_text_weight": "600",
        "block_info_text_color": "var(--muted)",
        "border_color_primary": "var(--line)",
        "border_color_accent": "var(--accent)",
        "color_accent": "var(--accent)",
        "color_accent_soft": "var(--accent-soft)",
        "input_background_fill": "var(--sheet)",
        "input_background_fill_focus": "var(--sheet)",
        "input_border_color": "var(--edge)",
        "input_border_color_focus": "var(--accent)",
        "input_border_width": "1px",
        "input_placeholder_color": "var(--muted)",
        "input_shadow": "none",
        "input_shadow_focus": "0 0 0 3px var(--accent-soft)",
        "button_primary_background_fill": "var(--accent)",
        "button_primary_background_fill_hover": "var(--accent-strong)",
        "button_primary_text_color": "var(--on-accent)",
        "button_primary_text_color_hover": "var(--on-accent)",
        "button_primary_border_color": "transparent",
        "button_primary_border_color_hover": "transparent",
        "button_secondary_border_color_hover": "var(--accent)",
        "button_secondary_background_fill": "transparent",
        "button_secondary_background_fill_hover": "var(--accent-soft)",
        "button_secondary_border_color": "var(--edge)",
        "button_secondary_text_color": "var(--ink)",
        "button_border_width": "1px",
        "button_large_text_weight": "600",
        "button_transition": "background-color .15s ease, border-color .15s ease",
        "checkbox_background_color": "var(--sheet)",
        "checkbox_background_color_selected": "var(--accent)",
        "checkbox_border_color": "var(--edge)",
        "checkbox_label_background_fill": "var(--sheet)",
        "checkbox_label_background_fill_hover": "var(--accent-soft)",
        "checkbox_label_background_fill_selected": "var(--accent-soft)",
        "checkbox_label_text_color": "var(--ink)",
        "checkbox_label_text_color_selected": "var(--ink)",
        "checkbox_label_border_color": "var(--edge)",
        "checkbox_label_border_color_selected": "var(--accent)",
        "checkbox_label_border_width": "1px",
    }
    dark = {f"{name}_dark": value for name, value in ours.items()}
    known = base.set.__code__.co_varnames
    return base.set(**ours, **{name: value for name, value in dark.items() if name in known})
