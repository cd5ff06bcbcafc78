"""Fixtures that every wing shares."""

from pathlib import Path

import pytest

from coach.errors import ModelError
from coach.feedback.assessor import Assessor, load_assessor
from coach.feedback.encoding import Mpnet
from coach.library.embedder import MiniLM
from coach.models.catalog import find
from coach.models.download import pull
from coach.settings import Settings


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--screenshots docs` puts the pictures of the pages where the documents show them."""
    parser.addoption("--screenshots", metavar="DIR", type=Path, help="keep the pictures of the pages here")


def _model(name: str) -> Path:
    """Return the real model's path, fetching it once per machine, as a user would."""
    try:
        return pull(find(name), Settings().models)
    except ModelError as error:
        pytest.fail(f"this test needs the model {name}: {error}", pytrace=False)


@pytest.fixture(scope="session")
def minilm_dir() -> Path:
    """The folder of the embeddings model."""
    return _model("all-minilm-l6-v2")


@pytest.fixture(scope="session")
def minilm(minilm_dir: Path) -> MiniLM:
    """The real embedder, loaded once for all."""
    return MiniLM(minilm_dir)


@pytest.fixture(scope="session")
def mpnet() -> Mpnet:
    """The real sentence encoder, loaded once for all."""
    return Mpnet(_model("all-mpnet-base-v2"))


@pytest.fixture(scope="session")
def assessor(minilm: MiniLM, mpnet: Mpnet) -> Assessor:
    """The real assessor, with the weights that come with the coach."""
    return load_assessor(minilm, mpnet)


@pytest.fixture(scope="session")
def smollm2_path() -> Path:
    """The GGUF file of the small test model: it writes quickly, and makes little sense."""
    return _model("smollm2-135m")


@pytest.fixture(scope="session")
def default_model_path() -> Path:
    """The GGUF file of the default model: for tests that are marked `model`."""
    return _model("qwen2.5-coder-1.5b")
