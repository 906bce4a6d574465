"""The sentence encoder (all-MiniLM-L6-v2) at run time: loaded once per process, on LiteRT."""

from functools import cache
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter  # type: ignore[import-untyped]  # ships no types
from tokenizers import Tokenizer

MODEL_FOLDER = Path(__file__).with_name("model")

Vector = npt.NDArray[np.float32]
"""What a text means: 384 values, of length one, so that the product of two is their cosine."""


class Encoder:
    """A compiled sentence encoder; safe to share between threads, which then take turns."""

    def __init__(self, folder: Path) -> None:
        """Load the encoder a folder holds, to run on one thread."""
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._turn = Lock()
        interpreter = Interpreter(str(folder / "model.tflite"), num_threads=1)
        interpreter.allocate_tensors()  # packs the weights, which otherwise the first query waits for
        self._run = interpreter.get_signature_runner()

    def encode(self, text: str) -> Vector:
        """Return the embedding of a text, of any length and script; only its first 62 word pieces count."""
        readable = text.encode(errors="replace").decode()  # half of a surrogate pair would be refused
        tokens = np.array([self._tokenizer.encode(readable).ids], np.int32)
        with self._turn:
            embedding: Vector = self._run(tokens=tokens)["embedding"][0]
        return embedding

    def knows(self, word: str) -> bool:
        """Tell whether a word is so common that the encoder has a single token for it."""
        return self._tokenizer.token_to_id(word) is not None


@cache
def encoder() -> Encoder | None:
    """Return this process's encoder, loading it at the first call; None where none has been compiled."""
    if not (MODEL_FOLDER / "manifest.json").exists():
        return None
    return Encoder(MODEL_FOLDER)
