from pathlib import Path

import pytest
from pydantic import ValidationError

from coach.errors import SettingsError
from coach.settings import load_settings


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No `.env` but the test's own, and nothing from the tester's shell."""
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "MODELS", "MODEL", "MODEL_KEY", "MODEL_TIMEOUT", "CHROMA_URL", "DATABASE_URL"):
        monkeypatch.delenv(f"COACH_{name}", raising=False)


def env_file(text: str | bytes) -> None:
    Path(".env").write_bytes(text if isinstance(text, bytes) else text.encode())


def test_flags_win_over_variables_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    env_file("COACH_MODEL=of-file\nCOACH_MODEL_TIMEOUT=7\nCOACH_HOME=of-file\n")
    monkeypatch.setenv("COACH_MODEL", "of-variable")
    monkeypatch.setenv("COACH_HOME", "of-variable")
    settings = load_settings(model="of-flag", home=None)
    assert (settings.model, settings.home, settings.model_timeout) == ("of-flag", Path("of-variable"), 7.0)


def test_the_library_is_in_the_home() -> None:
    assert load_settings(home=Path("x")).library == Path("x/library")


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(load_settings(), "model", "other")  # noqa: B010 - a type checker wouldn't have it either


@pytest.mark.parametrize("value", ["soon", "0", "-3", "nan"])
def test_a_value_that_can_not_be_used_names_its_setting(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("COACH_MODEL_TIMEOUT", value)
    with pytest.raises(SettingsError, match=r"^COACH_MODEL_TIMEOUT can't be used: [^\n]+$"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("COACH_MODLE", "COACH_MODEL"),
        ("coach_databse_url", "COACH_DATABASE_URL"),
        ("COACH_XYZZY", "COACH_HOME"),
    ],
)
@pytest.mark.parametrize("where", ["variable", "file"])
def test_a_name_that_means_nothing_is_refused(
    monkeypatch: pytest.MonkeyPatch, where: str, name: str, near: str
) -> None:
    if where == "file":
        env_file(f"{name}=1\n")
    else:
        monkeypatch.setenv(name, "1")
    with pytest.raises(SettingsError, match=rf"^There is no setting {name}: [^\n]*\b{near}\b[^\n]*$"):
        load_settings()


def test_names_of_others_are_nobodys_business(monkeypatch: pytest.MonkeyPatch) -> None:
    env_file("OPENAI_API_KEY=x\nMODEL=other\nHOME=/nowhere\ncoach_model=none\n")
    monkeypatch.setenv("MY_COACH_MODEL", "x")
    assert load_settings().model == "none"


def test_an_empty_variable_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    before = load_settings()
    for name in ("COACH_HOME", "COACH_MODEL", "COACH_CHROMA_URL", "COACH_MODEL_TIMEOUT"):
        monkeypatch.setenv(name, "")
    assert load_settings() == before


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/someone")
    env_file("COACH_MODELS=~/models\n")
    settings = load_settings(home=Path("~/coach"))
    assert settings.home == Path("/home/someone/coach")
    assert settings.models == Path("/home/someone/models")


def test_a_file_that_is_not_text_is_named() -> None:
    env_file("COACH_MODEL=größe".encode("latin-1"))
    with pytest.raises(SettingsError, match=r"^\.env can't be read: it is not UTF-8 text"):
        load_settings()


def test_a_key_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_MODEL_KEY", "sk-very-secret")
    settings = load_settings()
    assert "sk-very-secret" not in repr(settings)
    assert settings.model_key is not None
    assert settings.model_key.get_secret_value() == "sk-very-secret"
