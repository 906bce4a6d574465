"""Where the weights of a model come from: a checkpoint file, or an application of Keras's with ImageNet weights."""

import os
from dataclasses import dataclass
from pathlib import Path

from compiler.product import CompileError, sha256_of

IMAGENET = "imagenet"
DEFAULT_APPLICATION = "ResNet50"


@dataclass(frozen=True, slots=True)
class Source:
    """A model to compile: a member of keras.applications, or a checkpoint that is like one."""

    application: str
    checkpoint: Path | None = None

    @property
    def name(self) -> str:
        """The model's name as the gallery shows it."""
        return self.checkpoint.stem if self.checkpoint else self.application

    def fingerprint(self) -> str:
        """Return what changes when the weights do; raises CompileError where the checkpoint is missing."""
        if self.checkpoint is None:
            return f"keras.applications.{self.application}"
        if not self.checkpoint.is_file():
            raise CompileError(f"There is no checkpoint at {self.checkpoint}.")
        return f"sha256:{sha256_of(self.checkpoint)}"


def default_source() -> str:
    """Return MODEL_SOURCE, else the first checkpoint in the folder of shared models, else `imagenet`."""
    shared = os.environ.get("GALLERY_SHARED")
    checkpoints = sorted(Path(shared, "models").glob("*.keras")) if shared else []
    return os.environ.get("MODEL_SOURCE") or next(map(str, checkpoints), IMAGENET)


def parse_source(text: str) -> Source:
    """Return the source that `imagenet`, the path of a .keras file, or a name in keras.applications stands for."""
    if text == IMAGENET:
        return Source(DEFAULT_APPLICATION)
    return Source(DEFAULT_APPLICATION, Path(text)) if text.endswith(".keras") else Source(text)
