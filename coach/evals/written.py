"""A report on disk."""

from pathlib import Path

from coach.errors import UsageError
from coach.evals.page import page
from coach.evals.report import Report
from coach.evals.tables import markdown


def save(report: Report, folder: Path) -> list[Path]:
    """Write `report.json`, `report.md`, `report.html` and, for each suite, `<suite>.json`, small enough to keep.

    Any of the JSON files can be given to `--baseline`.

    Raises:
        UsageError: the folder can't be written.
    """
    texts = {
        "report.json": report.model_dump_json(indent=1) + "\n",
        "report.md": markdown(report),
        "report.html": page(report),
    }
    for name in report.by_suite:
        texts[f"{name}.json"] = report.baseline_of(name).model_dump_json(indent=1) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{folder} can't be written: {error.strerror}. Give another folder to --out."
        ) from None
    return [folder / name for name in texts]
