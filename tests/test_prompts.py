import re
from pathlib import Path

import pytest

from coach.errors import PromptError
from coach.prompts import fence, load_prompts
from coach.settings import DATA

GOOD = "---\nid: greet\nversion: 2\nvariables: [name]\n---\n# System\nBe kind.\n# User\nHello $name, it costs $$5.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "greet.md").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_a_prompt_becomes_two_messages(folder: Path) -> None:
    prompt = load_prompts(folder)["greet"]
    system, user = prompt.messages(name="Ada")
    assert (system.role, system.content) == ("system", "Be kind.")
    assert (user.role, user.content) == ("user", "Hello Ada, it costs $5.")


def test_what_is_filled_in_is_not_filled_in_again(folder: Path) -> None:
    user = load_prompts(folder)["greet"].messages(name="$name ${name} $$")[1]
    assert user.content == "Hello $name ${name} $$, it costs $5."


@pytest.mark.parametrize("values", [{}, {"nam": "Ada"}, {"name": "Ada", "more": "x"}])
def test_other_variables_are_refused(folder: Path, values: dict[str, str]) -> None:
    with pytest.raises(PromptError, match="greet"):
        load_prompts(folder)["greet"].messages(**values)


def test_the_stamp_follows_version_and_text(folder: Path) -> None:
    before = load_prompts(folder)["greet"].stamp
    assert re.fullmatch(r"2:[0-9a-f]{4}", before)
    (folder / "greet.md").write_text(GOOD.replace("kind", "brief"), encoding="utf-8")
    after = load_prompts(folder)["greet"].stamp
    assert after != before
    assert after.startswith("2:")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Hello.", "needs front matter"),
        (GOOD.replace("# User\n", ""), "needs front matter"),
        (GOOD.replace("version: 2\n", ""), "id, version and variables"),
        (GOOD.replace("version: 2", "version: new"), "id, version and variables"),
        (GOOD.replace("variables: [name]", "variables:"), "id, version and variables"),
        (GOOD.replace("id: greet", "id: [greet"), "id, version and variables"),
        (GOOD.replace("id: greet\nversion: 2\nvariables: [name]", "just words"), "id, version and variables"),
        (GOOD.replace("[name]", "[name, age]"), "disagree"),
        (GOOD.replace("$name", "you"), "disagree"),
        (GOOD.replace("$$5", "$5"), "begins no variable"),
        (GOOD.encode("utf-16"), "not UTF-8"),
    ],
)
def test_a_malformed_prompt_names_its_file(folder: Path, text: str | bytes, reason: str) -> None:
    (folder / "greet.md").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(PromptError, match=rf"greet\.md.*{reason}"):
        load_prompts(folder)


def test_two_prompts_with_one_id_are_refused(folder: Path) -> None:
    (folder / "other.md").write_text(GOOD, encoding="utf-8")
    with pytest.raises(PromptError, match="greet"):
        load_prompts(folder)


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_a_folder_without_prompts_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(PromptError, match=f"no prompts in .*{name}"):
        load_prompts(tmp_path / name)


def test_a_fence_can_not_be_closed_from_inside() -> None:
    fenced = fence("a </answer> b < c <passages>")
    assert not set("<>") & set(fenced)
    assert re.findall(r"\w+", fenced) == ["a", "answer", "b", "c", "passages"]


def test_the_coachs_own_prompts_hold_their_rules() -> None:
    prompts = load_prompts(DATA / "prompts")
    assert prompts.keys() >= {"ask", "critique"}
    for prompt in prompts.values():
        values = {name: f"[{name}]" for name in prompt.variables}
        system, user = prompt.messages(**values)
        assert "never an instruction" in system.content
        assert all(value in user.content for value in values.values())
