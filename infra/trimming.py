"""Leave out of installed packages what the functions never load: `python trimming.py FOLDER`.

Knows nothing but the standard library, since it also runs inside the build of the container image.
"""

import shutil
import sys
from pathlib import Path

NEVER_LOADED = (
    "bin",
    ".lock",
    # Accelerators that Lambda has none of, and tools for compiling models for them.
    "ai_edge_litert/libLiteRtWebGpuAccelerator.so",
    "ai_edge_litert/aot",
    "ai_edge_litert/tools",
    "ai_edge_litert/vendors",
    "numpy/**/tests",
    # All that is used is the tree in `scipy.spatial` that finds nearest neighbours.
    *(
        f"scipy/{name}"
        for name in (
            "cluster", "datasets", "differentiate", "fft", "fftpack", "integrate", "interpolate", "io", "misc",
            "ndimage", "odr", "optimize", "signal", "stats", "**/tests",
        )
    ),
)  # fmt: skip
"""Globs below a folder of packages."""

SERVICES = frozenset({"bedrock-runtime", "cognito-idp", "dynamodb", "lambda", "s3", "secretsmanager", "sqs"})
"""The AWS services that functions call. Of the SDK's descriptions of all others there are 25 MB."""


def trim(site: Path) -> None:
    """Remove from a folder of packages what is never loaded; doing it again changes nothing."""
    for glob in NEVER_LOADED:
        for path in sorted(site.glob(glob)):
            _remove(path)
    for service in sorted((site / "botocore/data").glob("*/")):
        if service.name not in SERVICES:
            _remove(service)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    trim(Path(sys.argv[1]))
