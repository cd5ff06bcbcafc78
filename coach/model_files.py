"""`coach models`: which model files there are, which are here, and whether their bytes are right."""

from collections.abc import Sequence
from typing import Any

from coach.feedback.encoding import Mpnet
from coach.library.embedder import MiniLM
from coach.models.catalog import CATALOG, CatalogModel, find, path_of
from coach.models.download import pull
from coach.models.verify import check, is_present
from coach.settings import Settings

Rows = list[dict[str, Any]]


def needed(settings: Settings) -> list[CatalogModel]:
    """The models that the settings ask for: the two encoders, and the language model if the catalog has it."""
    return [
        find(MiniLM.name),
        find(Mpnet.name),
        *(model for model in CATALOG if model.name == settings.model),
    ]


def list_models(names: Sequence[str], settings: Settings) -> tuple[Rows, int]:
    """Every model of the catalog, or those named; presence is judged by size and stamp."""
    chosen = [find(name) for name in names] or list(CATALOG)
    return [_row(m, settings, "present" if is_present(m, settings.models) else "missing") for m in chosen], 0


def pull_models(names: Sequence[str], settings: Settings) -> tuple[Rows, int]:
    """Bring the named models here, or those that the settings need; says nothing where they are here."""
    from coach.show import PullProgress

    chosen = [find(name) for name in names] or needed(settings)
    rows: Rows = []
    for model in chosen:
        if not is_present(model, settings.models):
            with PullProgress() as progress:
                pull(model, settings.models, progress)
        rows.append(_row(model, settings, "present"))
    return rows, 0


def check_models(names: Sequence[str], settings: Settings) -> tuple[Rows, int]:
    """Hash the files that are here; the exit code is 1 if a named or needed one is missing or differs."""
    chosen = [find(name) for name in names] or [
        model for model in CATALOG if is_present(model, settings.models) or model in needed(settings)
    ]
    rows = [_row(model, settings, check(model, settings.models).status) for model in chosen]
    return rows, int(any(row["status"] != "present" for row in rows))


def show_models(result: dict[str, Rows]) -> None:
    """Print a line a model."""
    from coach.show import table

    table(
        ("model", "for", "MB", "status", "note"),
        [
            (r["name"], r["role"], f"{r['bytes'] / 1e6:,.0f}", r["status"], r["note"])
            for r in result["models"]
        ],
    )


def _row(model: CatalogModel, settings: Settings, status: str) -> dict[str, Any]:
    return {
        "name": model.name,
        "role": model.role,
        "bytes": model.size,
        "status": status,
        "path": str(path_of(model, settings.models)),
        "sha256": {file.path: file.sha256 for file in model.files},
        "note": model.note,
    }
