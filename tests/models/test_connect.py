"""From names to models."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from coach.errors import ModelMissing, ModelRefused, ModelUnknown
from coach.models.chat import ChatModel, Message
from coach.models.connect import connect, state_of, warm_up, words_freely
from coach.models.local_chat import LocalChat
from coach.models.scripted import ScriptedModel
from coach.settings import Settings
from tests.models.fake_server import FakeServer, said

ASK = [Message("user", "Well?")]


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OLLAMA_HOST", "COACH_MODEL_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, models=tmp_path / "models", model_timeout=5)


def opened(name: str, settings: Settings) -> ChatModel:
    model = connect(name, settings)
    assert model is not None
    assert model.name == name
    return model


def says(model: ChatModel) -> str:
    try:
        return "".join(model.stream(ASK))
    finally:
        model.close()


def test_none(settings: Settings) -> None:
    assert connect("none", settings) is None


def test_a_catalog_model_that_is_not_here(settings: Settings) -> None:
    with pytest.raises(ModelMissing, match="coach models pull smollm2-135m"):
        connect("smollm2-135m", settings)


def test_a_local_file(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"gone\.gguf"):
        connect(f"local:{tmp_path}/gone.gguf", settings)
    (tmp_path / "m.gguf").write_bytes(b"GGUF")
    model = opened(f"local:{tmp_path}/m.gguf", settings)
    assert isinstance(model, LocalChat)
    assert state_of(model) == "cold"
    model.close()


def test_a_catalog_file_with_other_bytes_is_not_loaded(settings: Settings) -> None:
    from coach.errors import ModelMismatch
    from coach.models.catalog import find, path_of

    path = path_of(find("smollm2-135m"), settings.models)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"GGUF")
    model = opened("smollm2-135m", settings)
    with pytest.raises(ModelMismatch, match="expected"):
        warm_up(model)
    assert state_of(model) == "failed"
    model.close()


def test_a_server_by_its_address(settings: Settings, server: FakeServer) -> None:
    server.will(said("hi"))
    assert says(opened(f"{server.url}#some/model:7b", settings)) == "hi"
    assert server.requests[0]["model"] == "some/model:7b"


def test_the_key_of_a_server_by_address(settings: Settings, server: FakeServer) -> None:
    server.will(said("hi"))
    with_key = settings.model_copy(update={"model_key": SecretStr("k-1")})
    says(opened(f"{server.url}#m", with_key))
    assert server.keys == ["Bearer k-1"]


@pytest.mark.parametrize("form", ["http://{}", "{}"])
def test_ollama_where_its_variable_says(
    settings: Settings, server: FakeServer, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", form.format(server.url.split("/")[2]))
    server.will(said("hi"))
    assert says(opened("ollama:llama3.2:3b", settings)) == "hi"
    assert server.requests[0]["model"] == "llama3.2:3b"


def test_openai_and_its_variables(
    settings: Settings, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ModelRefused, match="OPENAI_API_KEY"):
        connect("openai:gpt-x", settings)
    monkeypatch.setenv("OPENAI_API_KEY", "k-2")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    server.will(said("hi"))
    assert says(opened("openai:gpt-x", settings)) == "hi"
    assert server.keys == ["Bearer k-2"]


@pytest.mark.parametrize("name", ["gpt-7", "", "local:", "openai:", "all-minilm-l6-v2"])
def test_names_that_mean_nothing_list_what_could_be_meant(settings: Settings, name: str) -> None:
    with pytest.raises(ModelUnknown, match="ollama:NAME"):
        connect(name, settings)


@pytest.mark.parametrize("name", ["http://127.0.0.1:1/v1", "http://#m"])
def test_an_address_without_a_name_or_a_host(settings: Settings, name: str) -> None:
    with pytest.raises(ModelUnknown, match="#NAME"):
        connect(name, settings)


def test_a_provider_that_nobody_knows(settings: Settings) -> None:
    with pytest.raises(ModelUnknown, match="nonsuch"):
        connect("nonsuch:model", settings)


def test_a_provider_whose_package_is_missing(settings: Settings) -> None:
    with pytest.raises(ModelRefused, match="pip install langchain-cohere"):
        connect("cohere:command", settings)


def test_small_models_of_the_catalog_do_not_word_advice() -> None:
    names = ("qwen2.5-coder-1.5b", "smollm2-135m", "qwen3-4b", "openai:some", "local:/some/file.gguf")
    assert [words_freely(name) for name in names] == [False, False, True, True, True]


def test_models_of_others_are_always_ready() -> None:
    model = ScriptedModel()
    warm_up(model)
    assert state_of(model) == "ready"


def test_connecting_loads_no_heavy_library(tmp_path: Path) -> None:
    (tmp_path / "m.gguf").write_bytes(hashlib.sha256(b"").digest())
    code = (
        "import sys; from coach.models.connect import connect; from coach.settings import Settings\n"
        "connect('local:m.gguf', Settings()); connect('http://127.0.0.1:1/v1#m', Settings())\n"
        "print([m for m in ('openai', 'langchain', 'xllamacpp', 'huggingface_hub', 'torch') if m in sys.modules])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
