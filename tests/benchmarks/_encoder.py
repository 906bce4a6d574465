"""What `encoder` measures, as a process: `python -m tests.benchmarks._encoder FOLDER QUERY…`.

It loads nothing but what is measured. The last line of its output is the time of the first embedding, in seconds since
the epoch, and the median of the milliseconds for each query after.
"""

import sys
import time
from pathlib import Path


def main(folder: Path, queries: list[str]) -> None:
    """Load the encoder a folder holds, and embed each query."""
    from search.encoder import Encoder  # noqa: PLC0415 (loading is part of what is measured)

    encoder = Encoder(folder)
    encoder.encode(queries[0])
    first = time.time()
    took = []
    for query in queries:
        started = time.perf_counter()
        encoder.encode(query)
        took.append(time.perf_counter() - started)
    sys.stdout.write(f"\n{first} {sorted(took)[len(took) // 2] * 1000}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
