import sys
from pathlib import Path

import numpy as np
import pytest

from caption import classifier as classifying
from caption import compile as compiling
from caption.classifier import Classifier, classifier
from caption.compile import compile_model, main, up_to_date
from caption.source import Source, default_source, parse_source
from compiler.product import CompileError, Precision


def test_imagenet_means_keras_own_resnet50() -> None:
    assert parse_source("imagenet") == Source("ResNet50")
    assert parse_source("imagenet").name == "ResNet50"


def test_a_keras_file_is_a_checkpoint_and_anything_else_an_application() -> None:
    assert parse_source("some/where/birds.keras") == Source("ResNet50", Path("some/where/birds.keras"))
    assert parse_source("some/where/birds.keras").name == "birds"
    assert parse_source("MobileNetV2") == Source("MobileNetV2")


def test_the_default_is_model_source_then_a_shared_checkpoint_then_imagenet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MODEL_SOURCE", raising=False)
    monkeypatch.setenv("GALLERY_SHARED", str(tmp_path))
    assert default_source() == "imagenet"
    checkpoint = tmp_path / "models" / "birds.keras"
    checkpoint.parent.mkdir()
    checkpoint.touch()
    assert default_source() == str(checkpoint)
    monkeypatch.setenv("MODEL_SOURCE", "MobileNetV2")
    assert default_source() == "MobileNetV2"


def test_a_missing_checkpoint_is_told_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--source", str(tmp_path / "none.keras"), "--output", str(tmp_path / "model")]) == 1
    said = capsys.readouterr().err
    assert "There is no checkpoint at" in said
    assert said.count("\n") == 1
    assert not (tmp_path / "model").exists()


@pytest.fixture
def checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Source:
    """A checkpoint that is converted by copying it, so that no TensorFlow is needed."""

    def copy(source: Source, precision: Precision, path: Path) -> dict[str, object]:
        assert source.checkpoint
        content = source.checkpoint.read_bytes()
        if content == b"broken":
            raise CompileError("The checkpoint is broken.")
        path.write_bytes(content)
        return {"input_size": 224, "feature_size": 2048, "precision": precision}

    monkeypatch.setattr(compiling, "_convert", copy)
    file = tmp_path / "birds.keras"
    file.write_bytes(b"weights")
    return Source("ResNet50", file)


def test_a_model_is_compiled_again_only_when_source_precision_or_result_changed(
    checkpoint: Source, tmp_path: Path
) -> None:
    folder = tmp_path / "model"
    assert not up_to_date(checkpoint, "dynamic", folder)
    compile_model(checkpoint, "dynamic", folder)
    assert up_to_date(checkpoint, "dynamic", folder)
    assert not up_to_date(checkpoint, "fp32", folder)
    (folder / "model.tflite").write_bytes(b"torn")
    assert not up_to_date(checkpoint, "dynamic", folder)
    compile_model(checkpoint, "dynamic", folder)
    assert checkpoint.checkpoint
    checkpoint.checkpoint.write_bytes(b"other weights")
    assert not up_to_date(checkpoint, "dynamic", folder)


def test_a_model_that_cannot_be_had_leaves_the_one_that_is_there(checkpoint: Source, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    compile_model(checkpoint, "dynamic", folder)
    assert checkpoint.checkpoint
    checkpoint.checkpoint.write_bytes(b"broken")
    assert main(["--source", str(checkpoint.checkpoint), "--output", str(folder)]) == 1
    assert (folder / "model.tflite").read_bytes() == b"weights"
    assert {each.name for each in folder.iterdir()} == {"model.tflite", "manifest.json"}


def test_without_a_model_there_is_no_classifier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifying, "MODEL_FOLDER", tmp_path)
    classifier.cache_clear()
    assert classifier() is None
    classifier.cache_clear()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")
@pytest.mark.parametrize("precision", ["dynamic", "fp32"])
def test_any_keras_checkpoint_with_imagenets_classes_can_be_compiled(tmp_path: Path, precision: Precision) -> None:
    import keras  # type: ignore[import-untyped]  # noqa: PLC0415 (ships no types; takes seconds to load)

    keras.utils.set_random_seed(1)
    layers = keras.layers
    model = keras.Sequential(
        [
            layers.Input((64, 64, 3)),
            layers.Conv2D(16, 5, strides=2, activation="relu"),
            layers.GlobalAveragePooling2D(name="avg_pool"),
            layers.Dense(1000, activation="softmax", name="predictions"),
        ],
        name="resnet50v2",
    )
    model.save(tmp_path / "small.keras")
    compile_model(parse_source(str(tmp_path / "small.keras")), precision, tmp_path / "model")
    compiled = Classifier(tmp_path / "model")
    picture = np.random.default_rng(1).integers(0, 256, (64, 64, 3), np.uint8)
    found = compiled.classify(picture)
    expected = model.predict(keras.applications.resnet_v2.preprocess_input(picture[None].astype("float32")), verbose=0)
    assert (compiled.name, compiled.input_size, found.features.shape) == ("small", 64, (16,))
    assert np.allclose(found.probabilities, expected[0], atol=1e-4)
    assert [each for _, each in found.best] == sorted(found.probabilities, reverse=True)[:10]


@pytest.mark.slow
def test_what_is_no_model_is_told_in_one_sentence(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "text.keras").write_text("not a checkpoint")
    for source in ("NoSuchNet", str(tmp_path / "text.keras")):
        assert main(["--source", source, "--output", str(tmp_path / "model")]) == 1
        said = capfd.readouterr().err
        assert said.startswith("No model was compiled.")
        assert said.count("\n") == 1


FAMILIES = [
    "ConvNeXtBase", "ConvNeXtLarge", "ConvNeXtSmall", "ConvNeXtTiny", "ConvNeXtXLarge", "DenseNet121", "DenseNet169",
    "DenseNet201", "EfficientNetB0", "EfficientNetB1", "EfficientNetB2", "EfficientNetB3", "EfficientNetB4",
    "EfficientNetB5", "EfficientNetB6", "EfficientNetB7", "EfficientNetV2B0", "EfficientNetV2B1", "EfficientNetV2B2",
    "EfficientNetV2B3", "EfficientNetV2L", "EfficientNetV2M", "EfficientNetV2S", "InceptionResNetV2", "InceptionV3",
    "MobileNet", "MobileNetV2", "MobileNetV3Large", "MobileNetV3Small", "NASNetLarge", "NASNetMobile", "ResNet101",
    "ResNet101V2", "ResNet152", "ResNet152V2", "ResNet50", "ResNet50V2", "VGG16", "VGG19", "Xception",
]  # fmt: skip
"""Every model of keras.applications, listed in docs/models.md with its side and features."""


@pytest.mark.slow
def test_every_application_of_keras_is_known() -> None:
    from caption.conversion import applications  # noqa: PLC0415 (loads TensorFlow, seconds of it)

    assert applications() == FAMILIES
    documented = Path(__file__).parents[2].joinpath("docs", "models.md").read_text()
    assert [name for name in FAMILIES if f"| {name} |" not in documented] == []


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", FAMILIES)
def test_an_application_is_given_pictures_of_its_own_size_prepared_as_it_prepares_them(name: str) -> None:
    import keras  # noqa: PLC0415 (takes seconds to load)

    from caption.conversion import application_of, deployed_model, preprocessing_of  # noqa: PLC0415

    model = getattr(keras.applications, name)(weights=None)
    checkpoint = Source("ResNet50", Path("saved.keras"))
    assert application_of(Source(name), model) == name
    assert application_of(checkpoint, model) == name
    preprocessing = preprocessing_of(name)
    deployed = deployed_model(model, preprocessing)
    side = model.input_shape[1] or 224
    assert deployed.input.shape == (1, side, side, 3)
    ((features,), (classes,)) = (deployed.output[each].shape[1:] for each in ("features", "probabilities"))
    assert classes == 1000
    assert features in {512, 768, 1024, 1056, 1280, 1408, 1536, 1664, 1792, 1920, 2048, 2304, 2560, 4032, 4096}
    picture = np.random.default_rng(1).integers(0, 256, (1, side, side, 3)).astype(np.float32)
    ours = picture @ np.array(preprocessing.kernel) + np.array(preprocessing.bias)
    theirs = sys.modules[getattr(keras.applications, name).__module__].preprocess_input(picture.copy())
    assert np.allclose(ours, theirs, atol=1e-3)
    keras.backend.clear_session()


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["MobileNet", "MobileNetV3Small", "EfficientNetV2B0", "ConvNeXtTiny"])
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")
def test_an_application_can_be_loaded_once_compiled(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import keras  # noqa: PLC0415 (takes seconds to load)

    from caption import conversion  # noqa: PLC0415

    monkeypatch.setattr(
        conversion, "load", lambda source: getattr(keras.applications, source.application)(weights=None)
    )
    compile_model(Source(name), "dynamic", tmp_path)
    compiled = Classifier(tmp_path)
    picture = np.random.default_rng(1).integers(0, 256, (compiled.input_size, compiled.input_size, 3), np.uint8)
    found = compiled.classify(picture)
    assert found.probabilities.sum() == pytest.approx(1, abs=0.05)
    assert found.features.ndim == 1
