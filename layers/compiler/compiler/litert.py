"""From Keras to LiteRT: needs TensorFlow, so compilers import it when there is work to do."""

from pathlib import Path

import keras  # type: ignore[import-untyped]  # ships no types
import tensorflow as tf  # type: ignore[import-untyped]  # ships no types

from compiler.product import Facts, Precision


def export(model: keras.Model, precision: Precision, path: Path) -> Facts:
    """Write a model of one fixed shape of input as a LiteRT file; return what it was made with."""
    model.export(
        path,
        format="litert",
        verbose=False,
        optimizations=[tf.lite.Optimize.DEFAULT] if precision == "dynamic" else [],
        target_spec={"supported_ops": [tf.lite.OpsSet.TFLITE_BUILTINS]},
    )
    return {"keras": keras.__version__, "tensorflow": tf.__version__}
