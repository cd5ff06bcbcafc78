"""Every setting in one place: flags first, then COACH_* variables, then .env, then these defaults."""

from pathlib import Path
from typing import Any

import platformdirs
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from coach.errors import SettingsError

_PACKAGE = Path(__file__).parent
# A checkout keeps corpus/ and prompts/ beside the package; an installed wheel carries them inside it.
DATA = _PACKAGE / "_data" if (_PACKAGE / "_data").is_dir() else _PACKAGE.parent


class Settings(BaseSettings):
    """Where things are kept and which model speaks. Frozen; built once, at an entry point."""

    model_config = SettingsConfigDict(
        env_prefix="COACH_", env_file=".env", env_file_encoding="utf-8", frozen=True, extra="ignore"
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

    @property
    def library(self) -> Path:
        """The folder of the library: generations of the index, its lock and its pointer."""
        return self.home / "library"


def load_settings(**flags: Any) -> Settings:
    """Build the settings; flags that are None were not given.

    Raises:
        SettingsError: a value can't be used; the line names the setting and what it wants.
    """
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"COACH_{name} can't be used: {first['msg']}. Change or unset it.") from None
