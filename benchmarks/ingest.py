"""How much slower is a whole ingest than the bare encoder on the same texts, in the same run?"""

import time

from common import CORPUS, empty_library, loaded_embedder, show

from coach.library.generations import Generations
from coach.library.index import read_passages

ROUNDS = 2


def main() -> None:
    embedder = loaded_embedder()
    rows = []
    for number in range(1, ROUNDS + 1):
        with empty_library(embedder) as library:
            report = library.ingest([CORPUS])
            generations = Generations(library.settings.library)
            texts = [one.indexed for one in read_passages(generations.folder(generations.current() or ""))]
            begun = time.perf_counter()
            again = library.ingest([CORPUS])
            unchanged = time.perf_counter() - begun
        begun = time.perf_counter()
        embedder.load().encode(texts, show_progress_bar=False)
        bare = time.perf_counter() - begun
        assert report.embedded == len(texts)
        assert again.embedded == 0
        rows.append(
            [
                str(number),
                str(len(texts)),
                f"{len(texts) / report.seconds:.1f}",
                f"{len(texts) / bare:.1f}",
                f"{report.seconds / bare:.2f}",
                f"{1000 * unchanged:.0f}",
            ]
        )
    show(
        ["round", "passages", "ingest, passages/s", "bare encoder, passages/s", "ratio", "unchanged, ms"],
        rows,
    )


if __name__ == "__main__":
    main()
