"""Each asset holds all that its handler imports: it is built as for the cloud and started with nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from infra import assets
from infra.settings import ROOT
from tests.infrastructure.conftest import Synthesized

ENVIRONMENT = {
    "TABLE_NAME": "catalog",
    "MEDIA_BUCKET": "media",
    "CAPTION_QUEUE_URL": "https://queue",
    "POWERTOOLS_SERVICE_NAME": "test",
    "POWERTOOLS_METRICS_NAMESPACE": "NeuralGallery",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "PYTHONDONTWRITEBYTECODE": "1",
}
# Neither the environment's packages (-S) nor this folder (-I): the interpreter, the asset and its layers alone.
START = "import sys; sys.path[:0] = sys.argv[2:]; import importlib; importlib.import_module(sys.argv[1]).handler"


LAMBDAS_LIMIT = 250 * 2**20
"""Bytes that a function and its layers may have, unpacked."""


HANDLERS = {
    "admin.handler": ["layer"],
    "brake.handler": ["layer"],
    "caption.classify": ["image"],
    "caption.handler": ["image"],
    "counter.handler": ["layer"],
    "describe.handler": ["layer", "describe"],
    "feedback.handler": ["layer"],
    "images.handler": ["layer"],
    "mosaic.handler": ["mosaic-image"],
    "people.erase": ["layer"],
    "people.handler": ["layer"],
    "posts.handler": ["layer", "describe"],
    "search.handler": ["layer", "search"],
    "sweep.handler": ["layer"],
}
"""Module → lock files of the packages that travel with it."""


def test_no_handler_is_left_out(local: Synthesized) -> None:
    there = {each["Handler"].removesuffix(".handler") for each in local.resources("AWS::Lambda::Function").values()}
    where_a_model_is_named = {"describe.handler"}
    assert there | where_a_model_is_named == HANDLERS.keys()


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_handler_is_imported_from_its_asset_alone(handler: str, tmp_path: Path) -> None:
    folder = handler.partition(".")[0]
    code = assets.stage(assets.function(folder), tmp_path / folder)
    layer = assets.stage(assets.domain_layer(), tmp_path / "layer")
    path = [code, layer / "python", *(_packages(each) / "python" for each in HANDLERS[handler])]
    done = _start(handler, [str(each) for each in path])
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("architecture", ["x86_64", pytest.param("arm64", marks=pytest.mark.slow)])
def test_the_search_function_with_all_its_layers_is_no_larger_than_lambda_takes(architecture: str) -> None:
    platform = assets.PLATFORMS[architecture]
    layers = [path for each in ("layer", "search") for path in _packages(each, platform).rglob("*") if path.is_file()]
    own = [*assets.function("search").values(), *assets.domain_layer().values()]
    assert sum(path.stat().st_size for path in [*layers, *own]) < LAMBDAS_LIMIT


def test_the_captioner_with_all_its_packages_is_no_larger_than_lambda_takes() -> None:
    packages = [path for path in _packages("image", assets.PLATFORMS["x86_64"]).rglob("*") if path.is_file()]
    own = [*assets.function("caption").values(), *assets.domain_layer().values()]
    assert sum(path.stat().st_size for path in [*packages, *own]) < LAMBDAS_LIMIT


def test_packages_travel_with_bytecode_that_needs_no_look_at_its_source() -> None:
    compiled = next(
        (_packages("layer") / "python/boto3/__pycache__").glob(f"session.{sys.implementation.cache_tag}.pyc")
    )
    unchecked_hash = 0b01
    assert int.from_bytes(compiled.read_bytes()[4:8], "little") == unchecked_hash


def test_no_package_travels_twice_to_the_search_function() -> None:
    shared, own = ({path.name for path in (_packages(each) / "python").iterdir()} for each in ("layer", "search"))
    assert shared & own == set()


def test_a_package_that_is_in_no_layer_is_missed(tmp_path: Path) -> None:
    code = assets.stage(assets.function("images"), tmp_path / "images")
    done = _start("images.handler", [str(code)])
    assert "ModuleNotFoundError" in done.stderr


def test_the_cloud_and_the_laptop_get_the_same_code(cloud: Synthesized, local: Synthesized) -> None:
    there, here = (
        {name: each["Code"].get("S3Key") for name, each in stage.resources("AWS::Lambda::Function").items()}
        for stage in (cloud, local)
    )
    assert [name for name in here if there[name] not in {here[name], None}] == []


@pytest.mark.parametrize(
    ("architecture", "machine"), [("x86_64", "x86_64"), pytest.param("arm64", "aarch64", marks=pytest.mark.slow)]
)
def test_packages_are_those_of_the_lambdas_platform_whatever_this_machine_is(architecture: str, machine: str) -> None:
    native = [path.name for path in _packages("layer", assets.PLATFORMS[architecture]).rglob("*.so")]
    assert native
    assert [name for name in native if f"{machine}-linux-gnu" not in name and "abi3" not in name] == []
    assert any("cpython-313" in name for name in native)


def test_the_same_sources_give_the_same_template_without_account_or_credentials(
    local: Synthesized, tmp_path: Path
) -> None:
    environment = {"PATH": os.environ["PATH"], "CDK_OUTDIR": str(tmp_path), "CDK_CONTEXT_JSON": '{"stage": "local"}'}
    command = [sys.executable, "-m", "infra.app"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / local.template.name).read_bytes() == local.template.read_bytes()


def test_assets_carry_no_leftovers(tmp_path: Path) -> None:
    for contents in (assets.function("images"), assets.function("caption"), assets.domain_layer()):
        assert contents
        assert [name for name in contents if "__pycache__" in name or "/tests/" in name] == []
    staged = assets.stage(assets.function("images"), tmp_path)
    assert (staged / "images/handler.py").is_file()


def test_the_image_is_built_from_sources_and_locks_and_compiles_its_own_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MODEL_SOURCE", raising=False)
    contents, arguments = assets.caption_image()
    needed = {"functions/caption/handler.py", "layers/gallery/gallery/settings.py", "requirements/image.txt"}
    assert needed <= contents.keys()
    assert [name for name in contents if name.endswith((".tflite", ".keras"))] == []
    assert arguments == {"MODEL_SOURCE": "imagenet", "MORE_MODELS": ""}
    assert assets.model_name(in_image=True) == "ResNet50"


def test_the_api_knows_which_tiles_were_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "TILES", tmp_path / "cifar10.npy")
    assert assets.cifar10_digest() == ""
    assets.TILES.write_bytes(b"some tiles")
    some = assets.cifar10_digest()
    assets.TILES.write_bytes(b"other tiles")
    assert len(bytes.fromhex(some)) == 8
    assert assets.cifar10_digest() != some
    contents, arguments = assets.image("mosaic")
    assert {"functions/mosaic/Dockerfile", "functions/mosaic/handler.py", "requirements/mosaic-image.txt"} <= set(
        contents
    )
    assert arguments == {}


def test_a_checkpoint_of_ones_own_travels_with_the_image(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkpoint = tmp_path / "mine.keras"
    checkpoint.touch()
    monkeypatch.setenv("MODEL_SOURCE", str(checkpoint))
    contents, arguments = assets.caption_image()
    assert contents[arguments["MODEL_SOURCE"]] == checkpoint
    assert assets.model_name(in_image=True) == "mine"


def test_packages_that_cannot_be_had_are_an_error_with_the_installers_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/layer.txt").write_text("no-such-file @ file:///nowhere/none.whl --hash=sha256:00\n")
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    with pytest.raises(RuntimeError, match=r"layer\.txt could not be installed"):
        assets.packages("layer")
    assert list((tmp_path / "build/packages").iterdir()) == []


def _packages(requirements: str, platform: str | None = None) -> Path:
    try:
        return assets.packages(requirements, platform)[0]
    except RuntimeError as reason:
        pytest.skip(str(reason))


def _start(handler: str, path: list[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", "-c", START, handler, *path]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("folder", ["infra", "frontend"])
def test_no_package_of_node_runs_a_script_while_it_is_installed(folder: str) -> None:
    assert "ignore-scripts=true" in (ROOT / folder / ".npmrc").read_text().splitlines()
