"""Build the captioner's container image on this machine, as `cdk deploy` does, and tell its size.

`python -m infra.tools.image` takes ENGINE (docker or podman), BASE_IMAGE, MODEL_SOURCE and IMAGE (the name to give it)
from the environment; all of them have defaults.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from infra import assets
from infra.settings import PRODUCT

ENGINES = ("docker", "podman")
TASK = "/var/task"


def engine() -> str | None:
    """Name of the container engine to use: $ENGINE, else the first that answers; None where there is none."""
    return os.environ.get("ENGINE") or next(_working_engines(), None)


def build(engine: str, image: str, base_image: str | None = None) -> None:
    """Build the image upon a base, by default the Dockerfile's; raises CalledProcessError where that fails."""
    contents, arguments = assets.caption_image()
    if base_image:
        arguments["BASE_IMAGE"] = base_image
    with TemporaryDirectory() as scratch:
        context = assets.stage(contents, Path(scratch))
        command = [engine, "build", "--tag", image, "--file", str(context / "functions/caption/Dockerfile")]
        command += [f"--build-arg={name}={value}" for name, value in arguments.items()]
        subprocess.run([*command, str(context)], check=True)  # noqa: S603 (only our own words)


def size_beyond_base(engine: str, image: str) -> int:
    """Uncompressed bytes that the image adds to its base, all of which are in one folder."""
    command = [engine, "run", "--rm", "--network=none", "--entrypoint=du", image, "-sk", TASK]
    kilobytes = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[0]  # noqa: S603
    return int(kilobytes) * 1024


def _working_engines() -> Iterator[str]:
    for name in ENGINES:
        if shutil.which(name) and not subprocess.run([name, "info"], check=False, capture_output=True).returncode:  # noqa: S603
            yield name


def main() -> int:
    """Build and tell the size; answer 1 and say why where there is no engine or the engine could not."""
    container_engine = engine()
    if not container_engine:
        sys.stderr.write("The image needs Docker or Podman; install one, see that it runs, and run make image again.\n")
        return 1
    image = os.environ.get("IMAGE") or f"{PRODUCT}-caption"
    try:
        build(container_engine, image, os.environ.get("BASE_IMAGE"))
        size = size_beyond_base(container_engine, image)
    except (OSError, subprocess.CalledProcessError) as problem:
        sys.stderr.write(f"The image was not built: {problem}.\n")
        return 1
    sys.stdout.write(f"The image {image} is built; it adds {size / 1e6:.0f} MB to its base, uncompressed.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
