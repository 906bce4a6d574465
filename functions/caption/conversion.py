"""From Keras to LiteRT: the only module that needs TensorFlow, imported by the compiler when there is work to do."""

import inspect
import math
import sys
from dataclasses import dataclass
from pathlib import Path

import keras  # type: ignore[import-untyped]  # ships no types
import numpy as np

from caption.source import IMAGENET, Source
from compiler.litert import export
from compiler.product import CompileError, Facts, Precision

CLASSES = 1000
DEFAULT_SIDE = 224


@dataclass(frozen=True)
class Preprocessing:
    """What a model does to colours first: each pixel times `kernel` (RGB in, the model's channels out) plus `bias`."""

    kernel: list[list[float]]
    bias: list[float]


@dataclass(frozen=True)
class Conversion:
    """What is known of a model after conversion; sizes are the picture's side in pixels and the number of features."""

    input_size: int
    feature_size: int
    preprocessing: Preprocessing
    tools: Facts


def convert(source: Source, precision: Precision, path: Path) -> Conversion:
    """Write the source as a LiteRT model that takes one uint8 RGB picture (1, side, side, 3), named `picture`.

    It answers `probabilities` (1, 1000) and `features`, the pooled values they are made of. Raises CompileError.
    """
    keras.config.disable_interactive_logging()
    model = load(source)
    preprocessing = preprocessing_of(application_of(source, model))
    deployed = deployed_model(model, preprocessing)
    tools = export(deployed, precision, path)
    return Conversion(deployed.input_shape[1], deployed.output["features"].shape[-1], preprocessing, tools)


def applications() -> list[str]:
    """Return the name of every model in keras.applications, which also has modules of almost the same names."""
    return [name for name in dir(keras.applications) if inspect.isfunction(getattr(keras.applications, name))]


def load(source: Source) -> keras.Model:
    """Return the source as Keras has it; raises CompileError if it is unknown, unreadable or not for ImageNet."""
    if source.application not in applications():
        raise CompileError(f"{source.application!r} is neither a .keras file nor a model in keras.applications.")
    build = getattr(keras.applications, source.application)
    try:
        model = (
            keras.saving.load_model(source.checkpoint, compile=False) if source.checkpoint else build(weights=IMAGENET)
        )
    except Exception as problem:  # Keras raises a bare Exception for a download that failed
        raise CompileError(f"The weights of {source.name} cannot be had: {str(problem).rstrip('.')}.") from problem
    if model.output_shape != (None, CLASSES):
        raise CompileError(f"{source.name} does not answer {CLASSES} ImageNet classes but {model.output_shape}.")
    return model


def application_of(source: Source, model: keras.Model) -> str:
    """Return whose preprocessing a model expects: for a checkpoint, that of the application its name begins with."""
    if source.checkpoint is None:
        return source.application
    name = _letters(model.name)
    return max(
        (application for application in applications() if name.startswith(_letters(application))),
        key=len,
        default=source.application,
    )


def _letters(name: str) -> str:
    """Return a name as it compares: Keras writes EfficientNetV2B0 as efficientnetv2-b0 inside a model."""
    return "".join(filter(str.isalnum, name)).lower()


def preprocessing_of(application: str) -> Preprocessing:
    """Return an application's own preprocessing, read off by trying it on colours; raises CompileError if it can't be.

    As a convolution over single pixels LiteRT does it in a fraction of the time that reversing and subtracting take.
    """
    preprocess = sys.modules[getattr(keras.applications, application).__module__].preprocess_input
    colours = np.concatenate([np.zeros((1, 3)), 255 * np.eye(3), [[12, 130, 251]]]).astype(np.float32)
    answers = preprocess(colours.reshape(1, 1, 5, 3).copy()).reshape(5, 3)
    kernel, bias = (answers[1:4] - answers[0]) / 255, answers[0]
    if not np.allclose(colours @ kernel + bias, answers, atol=1e-3):
        raise CompileError(f"{application} expects more preprocessing than scaling, shifting and reordering colours.")
    return Preprocessing(kernel.tolist(), bias.tolist())


def deployed_model(model: keras.Model, preprocessing: Preprocessing) -> keras.Model:
    """Return the model as it is deployed: uint8 RGB (1, side, side, 3) in, probabilities and pooled features out.

    A model that takes pictures of any size is fixed to 224 pixels a side, which Keras's own are trained with.
    """
    whole = keras.Model(model.inputs, [model.outputs[0], _features(model)])
    side = model.input_shape[1] or DEFAULT_SIDE
    picture = keras.Input((side, side, 3), batch_size=1, dtype="uint8", name="picture")
    pixels = keras.ops.cast(picture, "float32")
    colours = keras.ops.conv(pixels, np.array(preprocessing.kernel, np.float32).reshape(1, 1, 3, 3))
    colours = colours + np.array(preprocessing.bias, np.float32)
    probabilities, features = whole([colours])
    return keras.Model(picture, {"probabilities": probabilities, "features": features})


def _features(model: keras.Model) -> keras.KerasTensor:
    """Return what the classifying layer takes, as (1, features): it is the last layer that has weights."""
    classifying = next(layer for layer in reversed(model.layers) if layer.weights)
    return keras.ops.reshape(classifying.input, (-1, math.prod(classifying.input.shape[1:])))
