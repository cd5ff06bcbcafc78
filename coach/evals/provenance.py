"""What a run was made with, so that another can be made like it, and a judgement is never taken for another's."""

import hashlib
import importlib.metadata
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from coach.feedback.assessor import WEIGHTS
from coach.models.catalog import CATALOG
from coach.prompts import load_prompts
from coach.settings import DATA

_PACKAGE = Path(__file__).parents[1]
_PACKAGES = (
    "bm25s chromadb langchain numpy openai py3langid pydantic scipy sentence-transformers tokenizers torch "
    "transformers xllamacpp"
).split()
# What only shows results: changing it leaves what was judged as it was.
_FACES = (
    "ui/",
    *(f"{name}.py" for name in ("cli", "commands", "show", "terminal", "doctor", "model_files")),
    *(f"evals/{name}.py" for name in ("baseline", "page", "plots", "report", "tables", "written")),
)
_DECODING = "temperature 0, seed 7; 0.4 when data that breaks its schema is asked for again"


class Provenance(BaseModel):
    """Where, when and of what a run was made.

    `commit` ends in "-dirty" when files differ from it, and is None outside a checkout. `prompts` are version
    and hash by id; `code`, `corpus`, `weights`, `cases` and `public` are hashes of those files, `public` None
    without a folder of public data. `models` says by name what is known of each: file hash, sampling.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: str
    commit: str | None
    python: str
    system: str
    processor: str
    cores: int
    memory_gb: float
    packages: dict[str, str]
    prompts: dict[str, str]
    code: str
    corpus: str
    weights: str
    cases: str
    public: str | None
    models: dict[str, dict[str, str]]

    def fingerprint(self, suite: str, model: str) -> dict[str, str]:
        """What the judgements of a suite with a model depend on."""
        return {
            "suite": suite,
            "model": model,
            **{f"model {name}": value for name, value in self.models.get(model, {}).items()},
            **{f"prompt {name}": stamp for name, stamp in self.prompts.items()},
            "packages": digest_of_texts(f"{name} {version}" for name, version in self.packages.items()),
            "code": self.code,
            "corpus": self.corpus,
            "weights": self.weights,
            "cases": self.cases,
            "public": self.public or "",
        }


def provenance(models: Sequence[str], public: Path | None) -> Provenance:
    """Look around: here and now."""
    cases = Path(__file__).parent / "cases"
    code = [
        path
        for path in _PACKAGE.rglob("*.py")
        if not path.relative_to(_PACKAGE).as_posix().startswith(_FACES)
    ]
    return Provenance(
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        commit=_commit(),
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_gb=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        packages={name: importlib.metadata.version(name) for name in _PACKAGES},
        prompts={name: prompt.stamp for name, prompt in sorted(load_prompts(DATA / "prompts").items())},
        code=digest_of_files(code, _PACKAGE),
        corpus=_digest(DATA / "corpus"),
        weights=_digest(WEIGHTS),
        cases=_digest(cases),
        public=_digest(public) if public else None,
        models={name: _described(name) for name in models},
    )


def digest_of_files(files: Iterable[Path], root: Path) -> str:
    """The hash of some files' names below `root`, and of what is in them."""
    return digest_of_texts(
        f"{path.relative_to(root).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in sorted(files)
    )


def digest_of_texts(texts: Iterable[str]) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of some lines."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def _digest(folder: Path) -> str:
    return digest_of_files((path for path in folder.rglob("*") if path.is_file()), folder)


def _described(name: str) -> dict[str, str]:
    if name == "none":
        return {}
    for model in CATALOG:
        if model.name == name:
            return {"file": model.files[0].path, "sha256": model.files[0].sha256, "sampling": _DECODING}
    path = Path(name.removeprefix("local:")).expanduser()
    if name.startswith("local:") and path.is_file():
        with path.open("rb") as file:
            return {"sha256": hashlib.file_digest(file, "sha256").hexdigest(), "sampling": _DECODING}
    return {"sampling": _DECODING}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor()


def _commit() -> str | None:
    """The commit that is checked out; None outside a checkout or without git."""
    try:
        asked = subprocess.run(  # noqa: S603
            ["git", "-C", str(DATA), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return None
    return asked.stdout.strip() if asked.returncode == 0 else None
