"""From the encoder's published files to LiteRT's: needs TensorFlow, imported when there is work to do."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from compiler.litert import export
from compiler.product import MODEL, CompileError, Facts, Precision
from search.bert import sentence_encoder
from search.encoder import Encoder

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"


def convert(source: Path, length: int, precision: Precision, folder: Path) -> Facts:
    """Write the encoder as a LiteRT model of texts of so many tokens, and the tokenizer that makes so many of any text.

    Raises CompileError where the source is no such encoder.
    """
    try:
        model = sentence_encoder(load_file(source / WEIGHTS), length)
    except (OSError, SafetensorError, KeyError) as problem:
        raise CompileError(f"What is in {source} is not all-MiniLM-L6-v2 ({problem}).") from problem
    tokenizer = Tokenizer.from_file(str(source / TOKENIZER))
    tokenizer.enable_truncation(length)
    tokenizer.enable_padding(length=length)
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    return {"tools": export(model, precision, folder / MODEL)}


def embed(texts: Iterable[str], folder: Path, path: Path) -> None:
    """Write the embeddings of texts by the encoder in a folder, as rows of float16."""
    encoder = Encoder(folder)
    np.save(path, np.stack([encoder.encode(text) for text in texts]).astype(np.float16))
