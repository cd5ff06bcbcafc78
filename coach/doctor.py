"""`coach doctor`: what is installed, which index, which model, which settings, and what would fail."""

import os
import re
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from coach import __version__
from coach.errors import CoachError, StoreError
from coach.settings import Settings

_PACKAGES = ("chromadb", "gradio", "langchain", "openai", "sentence-transformers", "torch", "xllamacpp")


def examine(settings: Settings) -> dict[str, Any]:
    """Look at everything without changing or loading anything. `healthy` is False if something would fail."""
    checks = [
        _check("packages", _packages),
        _check("embedder", lambda: _embedder(settings)),
        _check("sentence encoder", lambda: _reader(settings)),
        _check("library", lambda: _library(settings)),
        _check("model", lambda: _model(settings)),
        _check("interviews", lambda: _interviews(settings)),
    ]
    return {
        "version": __version__,
        "healthy": all(check["ok"] for check in checks),
        "checks": checks,
        "settings": {f"COACH_{name.upper()}": _masked(value) for name, value in settings},
    }


def show_examination(found: dict[str, Any]) -> None:
    """Print what was found, a line each."""
    print(f"coach {found['version']}")
    for check in found["checks"]:
        print(f"{'ok  ' if check['ok'] else 'FAIL'}  {check['name']}: {check['found']}")
    for name, value in found["settings"].items():
        print(f"      {name}={value}")


def _check(name: str, look: Callable[[], str]) -> dict[str, Any]:
    try:
        return {"name": name, "ok": True, "found": _masked(look())}
    except CoachError as error:
        return {"name": name, "ok": False, "found": _masked(error)}


def _packages() -> str:
    try:
        return ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    except PackageNotFoundError as error:
        raise CoachError(
            f"The package {error.name} is not installed: run `make run`, or install again."
        ) from None


def _embedder(settings: Settings) -> str:
    from coach.library.embedder import MiniLM
    from coach.models.catalog import find
    from coach.models.verify import require

    return str(require(find(MiniLM.name), settings.models))


def _reader(settings: Settings) -> str:
    from coach.feedback.encoding import Mpnet
    from coach.models.catalog import find
    from coach.models.verify import require

    return str(require(find(Mpnet.name), settings.models))


def _library(settings: Settings) -> str:
    from coach.build import build_library

    library = build_library(settings)
    try:
        held = library.manifest()
    finally:
        library.close()
    passages = sum(source.passages for source in held.sources.values())
    return f"{len(held.sources)} sources, {passages} passages, embedded by {held.embedder}, in {settings.library}"


def _model(settings: Settings) -> str:
    from coach.models.connect import connect

    model = connect(settings.model, settings)
    return "none: the coach answers from its library and its own assessment" if model is None else model.name


def _interviews(settings: Settings) -> str:
    from coach.interview.store import open_store

    if settings.database_url is None and not (settings.home / "interviews.db").exists():
        # Opening would make it.
        there = next(path for path in (settings.home, *settings.home.absolute().parents) if path.exists())
        if not os.access(there, os.W_OK):
            raise StoreError(f"Nothing can be written in {there}: check its rights, or set COACH_HOME.")
        return "none yet"
    return f"{sum(1 for _ in open_store(settings).load_all())} stored"


def _masked(value: object) -> str:
    """Keys as stars (pydantic does that), and no password of an address, wherever in it that stands."""
    if value is None:
        return "(not set)"
    bare = re.sub(r"://\S*@", "://***@", str(value))
    return re.sub(r"(?i)([?&][^=&\s]*(?:pass|key|token|secret)[^=&\s]*=)[^&#\s]*", r"\1***", bare)
