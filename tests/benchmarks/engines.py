"""Our engine against others on the same weights, one thread each, and all of them against the processor's peak.

Everything is made of one LiteRT model of plain floats: TensorFlow is asked for it, tf2onnx turns it into ONNX, OpenVINO
reads it as it is; the int8 forms of the others are their own, calibrated with photographs. Each engine runs in a
process of its own. A multiplication and the addition to it count as one (MAC). The others are no part of the product
and wait in a folder of their own, which `make bench` fills from requirements/bench.txt.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from tests.benchmarks._gallery import output_of
from tests.benchmarks._size import sized
from tests.local_cloud import ROOT
from tests.photographs import MODEL, free, labelled

from caption.decoding import decode
from caption.opening import open_picture
from caption.renditions import tensor
from compiler.product import sha256_of

PACKAGES = ROOT / "build" / "bench-packages"
MODELS = ROOT / "build" / "bench-models"
FLOATS, ONNX, ONNX_INT8, OPENVINO_INT8 = (
    MODELS / name for name in ("model.tflite", "model.onnx", "model-int8.onnx", "model-int8.xml")
)
INPUT = "serving_default_picture:0"
PICTURES = sized(40)
ROUNDS = sized(3)
SIDE = 224

Pixels = npt.NDArray[np.uint8]
Run = Callable[[Pixels], npt.NDArray[np.float32]]


class Engine(NamedTuple):
    """How long an engine takes for a picture (the fastest and the median, ms), and which classes it sees."""

    fastest: float
    median: float
    classes: Sequence[int]


def pixels() -> Iterator[Pixels]:
    """Yield photographs as the model wants them, (1, side, side, 3)."""
    for each in (labelled() if os.environ.get("GALLERY_SHARED") else free())[:PICTURES]:
        image = decode(open_picture(each.bytes)).image
        yield np.frombuffer(tensor(image, SIDE), np.uint8).reshape(1, SIDE, SIDE, 3)


def litert(path: str) -> Run:
    """Our engine."""
    from ai_edge_litert.interpreter import Interpreter  # type: ignore[import-untyped]  # noqa: PLC0415

    run = Interpreter(path, num_threads=1).get_signature_runner()
    return lambda picture: np.asarray(run(picture=picture)["probabilities"])


def onnx_runtime(path: str) -> Run:
    """Microsoft's engine."""
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return lambda picture: _probabilities(session.run(None, {INPUT: picture}))


def openvino(path: str, precision: str) -> Run:
    """Intel's engine."""
    from openvino import Core  # noqa: PLC0415

    options = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "INFERENCE_PRECISION_HINT": precision}
    request = Core().compile_model(path, "CPU", options).create_infer_request()
    return lambda picture: _probabilities(request.infer([picture]).values())


def _probabilities(answers: Any) -> npt.NDArray[np.float32]:  # noqa: ANN401 - each engine has its own kind of list
    """Return the answer with a value for each class; the other one is the features."""
    return next(np.asarray(each) for each in answers if np.shape(each)[-1] == 1000)


CONTENDERS: dict[str, Callable[[], Run]] = {
    "LiteRT int8 (ours)": partial(litert, str(MODEL.with_name("model.tflite"))),
    "LiteRT fp32": partial(litert, str(FLOATS)),
    "ONNX Runtime int8": partial(onnx_runtime, str(ONNX_INT8)),
    "ONNX Runtime fp32": partial(onnx_runtime, str(ONNX)),
    "OpenVINO int8": partial(openvino, str(OPENVINO_INT8), "f32"),
    "OpenVINO bf16": partial(openvino, str(FLOATS), "bf16"),
    "OpenVINO fp32": partial(openvino, str(FLOATS), "f32"),
}


def measure(name: str) -> str:
    """Classify the photographs with a contender; answer the measurement as JSON without blanks."""
    run = CONTENDERS[name]()
    pictures = list(pixels())
    classes = [int(run(each).argmax()) for each in pictures]
    took = []
    for _ in range(ROUNDS):
        for each in pictures:
            started = time.perf_counter()
            run(each)
            took.append((time.perf_counter() - started) * 1000)
    return json.dumps([min(took), median(took), classes], separators=(",", ":"))


def prepare() -> None:
    """Make the models that the others run, unless they are there for this very model."""
    stamp = MODELS / "of"
    wanted = sha256_of(MODEL.with_name("model.tflite"))
    if stamp.exists() and stamp.read_text() == wanted:
        return
    MODELS.mkdir(parents=True, exist_ok=True)
    output_of("caption.compile", "--precision", "fp32", "--output", str(MODELS))
    # tf2onnx brings the packages' folder's own protobuf together with the environment's TensorFlow.
    _with_packages("tf2onnx.convert", "--tflite", str(FLOATS), "--output", str(ONNX), "--opset", "17")
    _with_packages(__spec__.name, "quantise")
    stamp.write_text(wanted)


def quantise() -> None:
    """Let the others make their int8 models."""
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, quantize_static  # noqa: PLC0415

    class Photographs(CalibrationDataReader):  # type: ignore[misc, unused-ignore]  # untyped where not installed
        def __init__(self) -> None:
            self._left = pixels()

        def get_next(self) -> dict[str, Pixels] | None:
            return next(({INPUT: each} for each in self._left), None)

    quantize_static(str(ONNX), str(ONNX_INT8), Photographs(), quant_format=QuantFormat.QDQ, per_channel=True)

    import nncf  # noqa: PLC0415
    import openvino as ov  # noqa: PLC0415

    quantised = nncf.quantize(ov.Core().read_model(str(FLOATS)), nncf.Dataset(list(pixels())))
    ov.save_model(quantised, str(OPENVINO_INT8))


def macs() -> float:
    """Return how many billion multiplications the model's convolutions and its last layer need, per picture."""
    from openvino import Core  # noqa: PLC0415

    model = Core().read_model(str(FLOATS))
    model.reshape([1, SIDE, SIDE, 3])
    total = 0
    for each in model.get_ops():
        if each.get_type_name() in {"Convolution", "MatMul"}:
            weights = each.input(1).get_shape()
            outputs = np.prod(list(each.output(0).get_shape()))
            inputs = np.prod(list(weights)) / (weights[0] if each.get_type_name() == "Convolution" else 1000)
            total += int(outputs * inputs)
    return total / 1e9


def peak() -> float | None:
    """Return the processor's int8 peak in billion MACs a second on one core; None where it can't be found out."""
    compiler = shutil.which("cc")
    if compiler is None or platform.machine() != "x86_64" or "avx512_vnni" not in Path("/proc/cpuinfo").read_text():
        return None
    with tempfile.TemporaryDirectory() as folder:
        program = f"{folder}/peak"
        subprocess.run([compiler, "-O2", str(Path(__file__).with_name("peak.c")), "-o", program], check=True)
        return float(subprocess.run([program], capture_output=True, text=True, check=True).stdout)


def _with_packages(module: str, *arguments: str) -> str:
    path = os.pathsep.join([str(PACKAGES), *sys.path])
    return " ".join(output_of(module, *arguments, PYTHONPATH=path, PYTHONWARNINGS="ignore"))


def main() -> None:
    """Print the comparison; says so where there is no model, or nothing to compare with."""
    if not MODEL.exists() or not (PACKAGES / "onnxruntime").exists():
        sys.stdout.write("engines: needs a compiled model and the other engines; `make bench` sees to both\n")
        return
    prepare()
    found = {name: Engine(*json.loads(_with_packages(__spec__.name, name))) for name in CONTENDERS}
    work, most = float(_with_packages(__spec__.name, "macs")), peak()
    truth = found["LiteRT fp32"].classes
    best = min(each.fastest for each in found.values())
    sys.stdout.write(
        f"{'one thread':22}{'fastest':>10}{'median':>10}{'to best':>9}{'GMAC/s':>9}{'same class as fp32':>20}\n"
    )
    for name, each in found.items():
        agreed = sum(a == b for a, b in zip(each.classes, truth, strict=True)) / len(truth)
        row = (each.fastest, each.median, each.fastest / best, work / each.fastest * 1000, f"{agreed:.0%}")
        sys.stdout.write(f"{name:22}" + "{:>7.1f} ms{:>7.1f} ms{:>9.2f}{:>9.0f}{:>20}\n".format(*row))
    if most is None:
        sys.stdout.write("the processor's int8 peak is not known: that takes AVX-512 VNNI and a C compiler\n")
        return
    ours = work / found["LiteRT int8 (ours)"].fastest * 1000
    sys.stdout.write(
        f"int8 peak of this processor: {most:.0f} GMAC/s a core, measured with nothing but vpdpbusd in registers;\n"
        f"  the model's {work:.2f} GMAC cannot take less than {work / most * 1000:.1f} ms;"
        f" ours reaches {ours / most:.0%}\n"
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["quantise"]:
        quantise()
        sys.stdout.write("\ndone\n")
    elif sys.argv[1:] == ["macs"]:
        sys.stdout.write(f"\n{macs()}\n")
    elif sys.argv[1:]:
        sys.stdout.write(f"\n{measure(' '.join(sys.argv[1:]))}\n")
    else:
        main()
