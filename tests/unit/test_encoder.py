"""The sentence encoder: what it says of texts, whatever they are made of, and when it is compiled anew."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.product import CompileError, Precision
from search import compile as compiling
from search import encoder as encoding
from search.compile import SOURCE, compile_encoder, main, up_to_date
from search.encoder import MODEL_FOLDER, Encoder, encoder
from search.texts import concept_texts

needs_encoder = pytest.mark.skipif(
    not (MODEL_FOLDER / "manifest.json").exists(), reason="needs a compiled encoder: run `make model`"
)


@pytest.fixture(scope="module")
def compiled() -> Encoder:
    found = encoder()
    assert found
    return found


@needs_encoder
def test_a_text_means_what_the_published_encoder_says(compiled: Encoder) -> None:
    happy, happier, ball = map(
        compiled.encode, ("That is a happy person", "That is a very happy person", "He throws a ball")
    )
    assert happy @ happier == pytest.approx(0.943, abs=0.01)
    assert happy @ ball < 0.2


@needs_encoder
def test_a_text_is_a_direction_in_384_dimensions(compiled: Encoder) -> None:
    embedding = compiled.encode("a cup of coffee")
    assert embedding.shape == (384,)
    assert embedding.dtype == np.float32
    assert np.linalg.norm(embedding) == pytest.approx(1, abs=1e-5)


@needs_encoder
@pytest.mark.parametrize(
    "text",
    ["", "\0\x01\x7f", "\ud83d", "👩‍👩‍👧" * 500, "שלום עולם", "a" * 10_000, "語" * 10_000, "a " * 5_000, "[PAD][SEP]"],
    ids=[
        "nothing",
        "control characters",
        "half a character",
        "emoji",
        "Hebrew",
        "one word",
        "Chinese",
        "words",
        "marks",
    ],
)
def test_any_text_has_an_embedding(compiled: Encoder, text: str) -> None:
    assert np.linalg.norm(compiled.encode(text)) == pytest.approx(1, abs=1e-5)


@needs_encoder
@given(st.text())
def test_any_characters_have_an_embedding(compiled: Encoder, text: str) -> None:
    assert np.linalg.norm(compiled.encode(text)) == pytest.approx(1, abs=1e-5)


@needs_encoder
def test_what_follows_the_first_words_of_a_long_text_does_not_count(compiled: Encoder) -> None:
    beginning = "dog " * 100
    assert np.array_equal(compiled.encode(beginning), compiled.encode(beginning + "teapot"))


@needs_encoder
def test_case_and_accents_do_not_count(compiled: Encoder) -> None:
    assert np.array_equal(compiled.encode("Café"), compiled.encode("cafe"))


@needs_encoder
def test_threads_get_what_they_asked_for(compiled: Encoder) -> None:
    texts = [f"{number} dogs" for number in range(20)]
    alone = [compiled.encode(each) for each in texts]
    with ThreadPoolExecutor(4) as pool:
        transact_write = list(pool.map(compiled.encode, texts))
    assert np.array_equal(alone, transact_write)


@needs_encoder
def test_every_concepts_text_is_embedded_in_its_place(compiled: Encoder) -> None:
    texts = concept_texts()
    embedded = np.load(MODEL_FOLDER / "concepts.npy")
    assert (embedded.shape, embedded.dtype) == ((len(texts), 384), np.float16)
    for index in (0, len(texts) // 2, len(texts) - 1):
        assert embedded[index] @ compiled.encode(texts[index]) == pytest.approx(1, abs=1e-3)


def test_without_a_model_there_is_no_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MODEL_FOLDER", tmp_path)
    encoder.cache_clear()
    assert encoder() is None
    encoder.cache_clear()


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Published files that are converted by copying them, so that no TensorFlow is needed."""

    def copy(source: Path, precision: Precision, folder: Path) -> dict[str, object]:
        content = (source / "model.safetensors").read_bytes()
        if content == b"broken":
            raise CompileError("The weights are broken.")
        for name in ("model.tflite", "tokenizer.json", "concepts.npy"):
            (folder / name).write_bytes(content)
        return {"tools": precision}

    monkeypatch.setattr(compiling, "_convert", copy)
    folder = tmp_path / "published"
    folder.mkdir()
    for name in ("model.safetensors", "tokenizer.json"):
        (folder / name).write_bytes(b"weights")
    return folder


@pytest.mark.parametrize("file", ["published/model.safetensors", "published/tokenizer.json", "model/concepts.npy"])
def test_the_encoder_is_compiled_again_when_what_it_is_made_of_or_what_was_made_changed(
    published: Path, tmp_path: Path, file: str
) -> None:
    folder = tmp_path / "model"
    assert not up_to_date(published, "dynamic", folder)
    compile_encoder(published, "dynamic", folder)
    assert up_to_date(published, "dynamic", folder)
    assert not up_to_date(published, "fp32", folder)
    (tmp_path / file).write_bytes(b"other")
    assert not up_to_date(published, "dynamic", folder)


def test_the_encoder_is_compiled_again_when_the_concepts_texts_changed(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_encoder(published, "dynamic", tmp_path / "model")
    monkeypatch.setattr(compiling, "concept_texts", lambda: ["a fish"])
    assert not up_to_date(published, "dynamic", tmp_path / "model")


def test_an_encoder_that_cannot_be_had_leaves_the_one_that_is_there(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "model"
    compile_encoder(published, "dynamic", folder)
    (published / "model.safetensors").write_bytes(b"broken")
    assert main(["--source", str(published), "--output", str(folder)]) == 1
    assert "The weights are broken. The gallery runs" in capsys.readouterr().err
    assert (folder / "model.tflite").read_bytes() == b"weights"
    assert len(list(folder.iterdir())) == 4
    assert json.loads((folder / "manifest.json").read_text())["name"] == "all-MiniLM-L6-v2"


def test_missing_weights_are_told_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--source", str(tmp_path / "none"), "--output", str(tmp_path / "model")]) == 1
    said = capsys.readouterr().err
    assert said.startswith("No sentence encoder was compiled. There is no")
    assert said.count("\n") == 1
    assert not (tmp_path / "model").exists()


@pytest.mark.slow
@pytest.mark.skipif(not SOURCE.exists(), reason="needs the encoder's weights: run `make model`")
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")
def test_in_full_precision_the_encoder_is_the_published_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "concept_texts", lambda: ["a fish"])
    compile_encoder(SOURCE, "fp32", tmp_path)
    exact = Encoder(tmp_path)
    happy, happier = map(exact.encode, ("That is a happy person", "That is a very happy person"))
    assert happy @ happier == pytest.approx(0.943, abs=0.0005)


@pytest.mark.slow
def test_what_are_no_weights_is_told_in_one_sentence(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("model.safetensors", "tokenizer.json"):
        (tmp_path / name).write_text("nothing of the kind")
    assert main(["--source", str(tmp_path), "--output", str(tmp_path / "model")]) == 1
    said = capfd.readouterr().err
    assert "is not all-MiniLM-L6-v2" in said
    assert said.count("\n") == 1
