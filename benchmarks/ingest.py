"""How much slower is a whole ingest than the bare encoder on the same texts, in the same run?

The ratio of the times on the clock is what people wait for; on a machine that does other work too, trust the
ratio of the processor times.
"""

import time
from dataclasses import dataclass, field

from common import CORPUS, empty_library, loaded_embedder, show

from coach.library.generations import Generations
from coach.library.index import read_passages


@dataclass
class Watch:
    """Seconds on the clock and seconds of all cores since it was made."""

    clock: float = field(default_factory=time.perf_counter)
    cores: float = field(default_factory=time.process_time)

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self.clock, time.process_time() - self.cores


def main() -> None:
    embedder = loaded_embedder()
    with empty_library(embedder) as library:
        watch = Watch()
        report = library.ingest([CORPUS])
        ingest, ingest_cores = watch.read()
        watch = Watch()
        again = library.ingest([CORPUS])
        unchanged, _ = watch.read()
        generations = Generations(library.settings.library)
        texts = [one.indexed for one in read_passages(generations.folder(generations.current() or ""))]
    watch = Watch()
    embedder.load().encode(texts, show_progress_bar=False)
    bare, bare_cores = watch.read()
    assert report.embedded == len(texts)
    assert again.embedded == 0
    show(
        ["", "passages/s", "ratio on the clock", "ratio of processor time"],
        [
            ["bare encoder", f"{len(texts) / bare:.1f}", "1.00", "1.00"],
            [
                "whole ingest",
                f"{len(texts) / ingest:.1f}",
                f"{ingest / bare:.2f}",
                f"{ingest_cores / bare_cores:.2f}",
            ],
        ],
    )
    print(f"\n{len(texts)} passages. Ingesting the same files again: {1000 * unchanged:.0f} ms.")


if __name__ == "__main__":
    main()
