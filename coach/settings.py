"""Every setting in one place: flags first, then COACH_* variables, then .env, then these defaults."""

import difflib
import os
from pathlib import Path
from typing import Any

import platformdirs
from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from coach.errors import SettingsError

_PACKAGE = Path(__file__).parent
# A checkout keeps corpus/ and prompts/ beside the package; an installed wheel carries them inside it.
DATA = _PACKAGE / "_data" if (_PACKAGE / "_data").is_dir() else _PACKAGE.parent
_PREFIX = "COACH_"
_ENV_FILE = ".env"


class Settings(BaseSettings):
    """Where things are kept and which model speaks. Frozen; built once, at an entry point."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_file=_ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
    )

    home: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("interview-coach"),
        description="index and sessions: one folder to keep, move or delete",
    )
    models: Path = Field(
        default_factory=lambda: platformdirs.user_cache_path("interview-coach") / "models",
        description="model files",
    )
    model: str = Field(default="qwen2.5-coder-1.5b", description="the language model, or `none`")
    model_key: SecretStr | None = Field(default=None, description="the key for a URL#NAME model")
    model_timeout: float = Field(default=120.0, gt=0, description="seconds to wait for a model's next word")
    chroma_url: str | None = Field(default=None, description="a Chroma server instead of the embedded one")
    database_url: str | None = Field(default=None, description="a database instead of SQLite in `home`")

    @field_validator("home", "models")
    @classmethod
    def _without_tilde(cls, path: Path) -> Path:
        # No shell reads .env, and none expands a tilde behind `--home=`.
        return path.expanduser()

    @property
    def library(self) -> Path:
        """The folder of the library: generations of the index, its lock and its pointer."""
        return self.home / "library"


def load_settings(**flags: Any) -> Settings:
    """Build the settings; flags that are None were not given.

    Raises:
        SettingsError: a value can't be used, or a COACH_* name means nothing; the line says what would.
    """
    _refuse_unknown_names()
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"{_PREFIX}{name} can't be used: {first['msg']}. Change or unset it.") from None


def _refuse_unknown_names() -> None:
    """A misspelt name would otherwise do nothing, in silence. Names without the prefix are nobody's business."""
    try:
        in_file = dotenv_values(_ENV_FILE, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SettingsError(f"{_ENV_FILE} can't be read: {reason}. Mend or remove it.") from None
    known = [_PREFIX + name.upper() for name in Settings.model_fields]
    for name in sorted({*os.environ, *in_file}):
        if name.upper().startswith(_PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=3) or known
            raise SettingsError(
                f"There is no setting {name}: it could be {', '.join(near)}. Rename or unset it."
            )
