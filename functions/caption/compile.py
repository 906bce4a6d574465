"""Compile a Keras image classifier for LiteRT, the small run time that captions pictures.

`python -m caption.compile` writes `model.tflite` and `manifest.json` into `functions/caption/model`. The manifest says
what was compiled, from what and how, and so whether it is up to date. Names and meanings of the classes are not the
model's: `gallery.classes` has them for every ImageNet classifier.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from caption.source import CompileError, Precision, Source, default_source, parse_source, sha256_of

FOLDER = Path(__file__).with_name("model")
MODEL = "model.tflite"
MANIFEST = "manifest.json"
COMPILER = [Path(__file__).with_name(name) for name in ("source.py", "conversion.py")]


def compile_model(source: Source, precision: Precision, folder: Path = FOLDER) -> None:
    """Compile the source into a folder; raises CompileError and leaves what was there where that can't be done."""
    wanted = _order(source, precision)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as scratch, _quiet():
        model, manifest = Path(scratch, MODEL), Path(scratch, MANIFEST)
        described = wanted | _convert(source, precision, model) | {"sha256": sha256_of(model)}
        manifest.write_text(json.dumps(described, indent=2) + "\n")
        model.replace(folder / MODEL)
        manifest.replace(folder / MANIFEST)


def up_to_date(source: Source, precision: Precision, folder: Path = FOLDER) -> bool:
    """Tell, without loading TensorFlow, whether compiling would give what the folder holds; raises CompileError."""
    wanted = _order(source, precision)
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        compiled = sha256_of(folder / MODEL)
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.items() >= (wanted | {"sha256": compiled}).items()


def _order(source: Source, precision: Precision) -> dict[str, object]:
    """Return the part of the manifest that is known before compiling."""
    return {
        "name": source.name,
        "source": source.fingerprint(),
        "precision": precision,
        "compiler": "+".join(sha256_of(file)[:16] for file in COMPILER),
    }


def _convert(source: Source, precision: Precision, path: Path) -> dict[str, object]:
    os.environ["KERAS_BACKEND"] = "tensorflow"
    try:
        from caption.conversion import convert  # noqa: PLC0415 (loads TensorFlow, seconds of it)
    except ImportError as problem:
        raise CompileError(f"Compiling needs TensorFlow, which is not installed here ({problem}).") from problem
    return asdict(convert(source, precision, path))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep TensorFlow's log, which native code writes past Python, off the terminal."""
    sys.stderr.flush()
    terminal = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(terminal, 2)
        os.close(terminal)
        os.close(nowhere)


def main(arguments: list[str] | None = None) -> int:
    """Compile unless the model is up to date; answer 1 and say why where it cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m caption.compile", description="Compile the captioning model.")
    parser.add_argument("--source", default=default_source(), help="imagenet, a .keras file, a keras.applications name")
    parser.add_argument("--precision", choices=get_args(Precision), default="dynamic")
    parser.add_argument("--output", type=Path, default=FOLDER, help="folder for the model and its manifest")
    options = parser.parse_args(arguments)
    try:
        _compile_if_needed(parse_source(options.source), options.precision, options.output)
    except CompileError as problem:
        sys.stderr.write(f"No model was compiled. {problem} The gallery runs; pictures wait for their captions.\n")
        return 1
    return 0


def _compile_if_needed(source: Source, precision: Precision, folder: Path) -> None:
    if up_to_date(source, precision, folder):
        sys.stdout.write(f"The model {source.name} ({precision}) is up to date.\n")
        return
    started = time.monotonic()
    sys.stdout.write(f"Compiling the model {source.name} ({precision}), once …")
    sys.stdout.flush()
    try:
        compile_model(source, precision, folder)
    finally:
        sys.stdout.write(f" {time.monotonic() - started:.0f} s\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
