"""A folder of compiled files, with a manifest that says what was compiled, from what and how."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

Facts = Mapping[str, object]
"""Part of a manifest."""

Precision = Literal["dynamic", "fp32"]
"""dynamic: int8 weights and arithmetic, scaled anew for each input · fp32: as Keras computes."""

MODEL = "model.tflite"
MANIFEST = "manifest.json"
EXPORT = Path(__file__).with_name("litert.py")


class CompileError(Exception):
    """The model cannot be had; the message is a sentence for whoever started the compiler."""


@dataclass(frozen=True, slots=True)
class Product:
    """What a compiler makes: files of these names, in a folder, beside their manifest.

    `wanted` is the part of the manifest that is known before compiling, `tools` are the sources of the compiler.
    """

    folder: Path
    files: Sequence[str]
    wanted: Facts
    tools: Sequence[Path]

    def up_to_date(self) -> bool:
        """Tell, without loading TensorFlow, whether compiling would give what the folder holds."""
        try:
            manifest = json.loads((self.folder / MANIFEST).read_text())
            expected = self._order() | self._result(self.folder)
        except (OSError, ValueError):
            return False
        return isinstance(manifest, dict) and manifest.items() >= expected.items()

    def make(self, write: Callable[[Path], Facts]) -> None:
        """Let the files be written into a scratch folder, then move them to where they belong, the manifest last.

        `write` returns what is known of the files only then; where it raises, what was there stays there.
        """
        order = self._order()
        self.folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self.folder) as name:
            scratch = Path(name)
            manifest = order | dict(write(scratch)) | self._result(scratch)
            (scratch / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n")
            for file in (*self.files, MANIFEST):
                (scratch / file).replace(self.folder / file)

    def _order(self) -> dict[str, object]:
        compiler = "+".join(sha256_of(file)[:16] for file in (*self.tools, EXPORT))
        return {**self.wanted, "compiler": compiler}

    def _result(self, folder: Path) -> dict[str, object]:
        return {"sha256": {name: sha256_of(folder / name) for name in self.files}}


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
