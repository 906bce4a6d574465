"""Compile a Keras image classifier for LiteRT, the small run time that captions pictures.

`python -m caption.compile` writes `model.tflite` and `manifest.json` into `functions/caption/model`. The manifest says
what was compiled, from what and how, and so whether it is up to date. With `--beside` they go into a folder of their
own in `functions/caption/models`, for captioning pictures again. Names and meanings of the classes are not the model's:
`gallery.vocabulary.classes` has them for every ImageNet classifier.
"""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import get_args

from caption.source import Source, default_source, parse_source
from compiler.product import MODEL, CompileError, Facts, Precision, Product
from compiler.terminal import progress, quiet_tensorflow

FOLDER = Path(__file__).with_name("model")
MORE = Path(__file__).with_name("models")
TOOLS = [Path(__file__).with_name(name) for name in ("source.py", "conversion.py")]


def compile_model(source: Source, precision: Precision, folder: Path = FOLDER) -> None:
    """Compile the source into a folder; raises CompileError and leaves what was there where that can't be done."""
    with quiet_tensorflow():
        _product(source, precision, folder).make(lambda scratch: _convert(source, precision, scratch / MODEL))


def up_to_date(source: Source, precision: Precision, folder: Path = FOLDER) -> bool:
    """Tell, without loading TensorFlow, whether compiling would give what the folder holds; raises CompileError."""
    return _product(source, precision, folder).up_to_date()


def _product(source: Source, precision: Precision, folder: Path) -> Product:
    identity = {"name": source.name, "source": source.fingerprint(), "precision": precision}
    return Product(folder, [MODEL], identity, TOOLS)


def _convert(source: Source, precision: Precision, path: Path) -> Facts:
    from caption.conversion import convert  # noqa: PLC0415 (loads TensorFlow, seconds of it)

    return asdict(convert(source, precision, path))


def main(arguments: list[str] | None = None) -> int:
    """Compile unless the model is up to date; answer 1 and say why where it cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m caption.compile", description="Compile the captioning model.")
    parser.add_argument("--source", default=default_source(), help="imagenet, a .keras file, a keras.applications name")
    parser.add_argument("--precision", choices=get_args(Precision), default="dynamic")
    parser.add_argument("--output", type=Path, default=FOLDER, help="folder for the model and its manifest")
    parser.add_argument("--beside", action="store_true", help="keep the model there is, and have this one besides")
    options = parser.parse_args(arguments)
    try:
        source = parse_source(options.source)
        _compile_if_needed(source, options.precision, MORE / source.name if options.beside else options.output)
    except CompileError as problem:
        sys.stderr.write(f"No model was compiled. {problem} The gallery runs; pictures wait for their captions.\n")
        return 1
    return 0


def _compile_if_needed(source: Source, precision: Precision, folder: Path) -> None:
    if up_to_date(source, precision, folder):
        sys.stdout.write(f"The model {source.name} ({precision}) is up to date.\n")
        return
    with progress(f"Compiling the model {source.name} ({precision})"):
        compile_model(source, precision, folder)


if __name__ == "__main__":
    sys.exit(main())
