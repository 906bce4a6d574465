"""The sentence encoder in Keras: a BERT of six layers, whose mean of all tokens is the sentence's embedding.

Names of weights are those of Hugging Face's BERT, dimensions those of all-MiniLM-L6-v2, which was trained upon MiniLM.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

import keras  # type: ignore[import-untyped]  # ships no types
import numpy as np
import numpy.typing as npt
from keras import layers, ops

Weights = Mapping[str, npt.NDArray[np.float32]]
Tensor: TypeAlias = Any
"""One of Keras's, which has no types."""

LAYERS = 6
HEADS = 12
EPSILON = 1e-12
PADDING = 0
"""The token that fills a sentence up to the model's length."""
NEVER = -1e9
"""Added to the attention that padding gets, before softmax."""


def sentence_encoder(weights: Weights, length: int) -> keras.Model:
    """Return the model from `tokens`, int32 (1, length), to `embedding`, float32 (1, 384) of length one."""
    tokens = keras.Input((length,), batch_size=1, dtype="int32", name="tokens")
    present = ops.cast(ops.not_equal(tokens, PADDING), "float32")
    states = _embedded(tokens, weights, length)
    for index in range(LAYERS):
        states = _layer(states, present, weights, f"encoder.layer.{index}")
    mean = ops.matmul(present[:, None, :], states)[:, 0] / ops.sum(present, axis=1, keepdims=True)
    return keras.Model(tokens, {"embedding": mean / ops.norm(mean, axis=1, keepdims=True)})


def _embedded(tokens: Tensor, weights: Weights, length: int) -> Tensor:
    words = weights["embeddings.word_embeddings.weight"]
    places = weights["embeddings.position_embeddings.weight"][:length]
    first_sentence = weights["embeddings.token_type_embeddings.weight"][0]
    embedded = _applied(layers.Embedding(*words.shape), tokens, words)
    return _normalised(embedded + (places + first_sentence)[None], weights, "embeddings.LayerNorm")


def _layer(states: Tensor, present: Tensor, weights: Weights, name: str) -> Tensor:
    attended = _attention(states, present, weights, f"{name}.attention.self")
    attended = _dense(attended, weights, f"{name}.attention.output.dense")
    states = _normalised(states + attended, weights, f"{name}.attention.output.LayerNorm")
    between = ops.gelu(_dense(states, weights, f"{name}.intermediate.dense"), approximate=False)
    thought = _dense(between, weights, f"{name}.output.dense")
    return _normalised(states + thought, weights, f"{name}.output.LayerNorm")


def _attention(states: Tensor, present: Tensor, weights: Weights, name: str) -> Tensor:
    _, length, size = states.shape
    query, key, value = (_heads(_dense(states, weights, f"{name}.{part}")) for part in ("query", "key", "value"))
    relevance = ops.matmul(query, ops.transpose(key, (0, 1, 3, 2))) / (size // HEADS) ** 0.5
    attention = ops.softmax(relevance + NEVER * (1 - present)[:, None, None, :])
    return ops.reshape(ops.transpose(ops.matmul(attention, value), (0, 2, 1, 3)), (1, length, size))


def _heads(states: Tensor) -> Tensor:
    _, length, size = states.shape
    return ops.transpose(ops.reshape(states, (1, length, HEADS, size // HEADS)), (0, 2, 1, 3))


def _dense(states: Tensor, weights: Weights, name: str) -> Tensor:
    kernel, bias = weights[f"{name}.weight"].T, weights[f"{name}.bias"]
    return _applied(layers.Dense(len(bias)), states, kernel, bias)


def _normalised(states: Tensor, weights: Weights, name: str) -> Tensor:
    layer = layers.LayerNormalization(epsilon=EPSILON)
    return _applied(layer, states, weights[f"{name}.weight"], weights[f"{name}.bias"])


def _applied(layer: keras.Layer, states: Tensor, *weights: npt.NDArray[np.float32]) -> Tensor:
    answer: Tensor = layer(states)
    layer.set_weights(weights)
    return answer
