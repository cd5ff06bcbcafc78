"""A run says what it was made with, and its fingerprint changes with all that matters."""

from pathlib import Path

import pytest

from coach.evals.provenance import provenance
from coach.models import openai_chat


def test_everything_that_a_run_depends_on_is_named(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text("{}")
    made = provenance(["none", "qwen2.5-coder-1.5b"], tmp_path)
    assert made.packages["torch"].startswith("2.")
    assert {"ask", "critique"} <= made.prompts.keys()
    assert made.cores >= 1
    assert made.memory_gb > 0
    assert made.models["none"] == {}
    assert len(made.models["qwen2.5-coder-1.5b"]["sha256"]) == 64
    assert f"seed {openai_chat._SEED};" in made.models["qwen2.5-coder-1.5b"]["sampling"]
    assert str(tmp_path) not in made.model_dump_json()


def test_the_fingerprint_knows_suite_model_and_public_data(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text("{}")
    weights = tmp_path / "model.gguf"
    weights.write_text("one")
    model = f"local:{weights}"
    seen = []

    def look(suite: str = "advice", name: str = model, public: Path | None = None) -> None:
        seen.append(provenance([name], public).fingerprint(suite, name))

    look()
    look(suite="dialogue")
    look(name="none")
    look(public=tmp_path)
    weights.write_text("two")
    look()
    assert len({str(sorted(one.items())) for one in seen}) == 5


def test_nothing_changes_by_itself() -> None:
    one, other = (provenance(["none"], None) for _ in range(2))
    assert one.fingerprint("advice", "none") == other.fingerprint("advice", "none")


@pytest.mark.parametrize(
    ("changed", "matters"),
    [
        ("feedback/scoring.py", True),
        ("evals/relations.py", True),
        ("evals/page.py", False),
        ("ui/theme.py", False),
    ],
)
def test_code_that_only_shows_results_does_not_matter(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, changed: str, matters: bool
) -> None:
    monkeypatch.setattr("coach.evals.provenance._PACKAGE", tmp_path)
    for name in ("feedback/scoring.py", "evals/relations.py", "evals/page.py", "ui/theme.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("a = 1\n")
    before = provenance([], None).code
    (tmp_path / changed).write_text("a = 2\n")
    assert (provenance([], None).code != before) == matters
