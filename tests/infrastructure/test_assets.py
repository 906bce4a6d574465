"""Each asset holds all that its handler imports: it is built as for the cloud and started with nothing else."""

import marshal
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from infra import assets
from infra.settings import ROOT
from infra.trimming import SERVICES, trim
from tests.infrastructure.conftest import Synthesized
from tests.photographs import needs_model

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
    "albums.handler": ["layer", "describe"],
    "brake.handler": ["layer"],
    "caption.classify": ["layer", "caption"],
    "caption.handler": ["layer", "caption"],
    "counter.handler": ["layer"],
    "describe.handler": ["layer", "describe"],
    "feedback.handler": ["layer"],
    "images.handler": ["layer"],
    "mosaic.handler": ["layer", "mosaic"],
    "people.erase": ["layer"],
    "people.export": ["layer"],
    "people.handler": ["layer"],
    "posts.handler": ["layer", "describe"],
    "search.embed": ["layer", "search"],
    "search.handler": ["layer", "search"],
    "sweep.handler": ["layer"],
}
"""Module → lock files of the packages that travel with it."""


def test_no_handler_is_left_out(local: Synthesized) -> None:
    there = {each["Handler"].removesuffix(".handler") for each in local.resources("AWS::Lambda::Function").values()}
    where_a_model_is_named = {"describe.handler"}
    assert there | where_a_model_is_named == HANDLERS.keys()


def _path(handler: str, folder: Path) -> list[str]:
    """Where the interpreter finds what a handler is given, and nothing else."""
    name = handler.partition(".")[0]
    code = assets.stage(assets.function(name), folder / name)
    layer = assets.stage(assets.domain_layer(), folder / "layer")
    return [str(each) for each in (code, layer / "python", *(_packages(each) / "python" for each in HANDLERS[handler]))]


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_handler_is_imported_from_its_asset_alone(handler: str, tmp_path: Path) -> None:
    done = _start(handler, _path(handler, tmp_path))
    assert done.returncode == 0, done.stderr


WORKS = {
    "caption.handler": """
import numpy as np
from caption.classifier import classifier
model = classifier()
assert len(model.classify(np.zeros((model.input_size, model.input_size, 3), np.uint8)).best) == 10
import io
from PIL import Image
from caption.examine import examine
file = io.BytesIO()
Image.new("RGB", (2000, 1500), "red").save(file, "JPEG")
assert examine(file.getvalue(), 224).width == 2000
import pillow_heif
file = io.BytesIO()
pillow_heif.from_pillow(Image.new("RGB", (64, 64), "red")).save(file)
assert examine(file.getvalue(), 224).width == 64
""",
    "mosaic.handler": """
import numpy as np
from scipy.spatial import cKDTree
assert cKDTree(np.eye(3)).query(np.eye(3))[1].tolist() == [0, 1, 2]
""",
    "sweep.handler": f"""
import boto3
for each in {sorted(SERVICES)!r}:
    boto3.client(each)
""",
}
"""What loads more than importing a handler does."""


@needs_model
@pytest.mark.parametrize("handler", WORKS)
def test_nothing_is_left_out_of_packages_that_is_needed_at_work(handler: str, tmp_path: Path) -> None:
    program = "import sys; sys.path[:0] = sys.argv[2:]\n" + WORKS[handler]
    done = _start(handler, _path(handler, tmp_path), program)
    assert done.returncode == 0, done.stderr


def test_the_sdk_knows_every_service_that_functions_call() -> None:
    sources = "".join(
        path.read_text() for folder in ("functions", "layers/gallery") for path in (ROOT / folder).rglob("*.py")
    )
    called = set(re.findall(r'(?:boto3|sdk)\.client\(\s*"([a-z0-9-]+)"', sources))
    assert called | {"secretsmanager"} == SERVICES, "secrets are asked for by Powertools"
    assert called


@pytest.mark.parametrize("architecture", ["x86_64", pytest.param("arm64", marks=pytest.mark.slow)])
@pytest.mark.parametrize("handler", ["caption.handler", "mosaic.handler", "search.handler"])
def test_a_function_with_all_its_layers_is_no_larger_than_lambda_takes(handler: str, architecture: str) -> None:
    platform = assets.PLATFORMS[architecture]
    layers = [path for each in HANDLERS[handler] for path in _packages(each, platform).rglob("*") if path.is_file()]
    own = [*assets.function(handler.partition(".")[0]).values(), *assets.domain_layer().values()]
    assert sum(path.stat().st_size for path in [*layers, *own]) < LAMBDAS_LIMIT


def test_packages_travel_with_bytecode_that_needs_no_look_at_its_source() -> None:
    compiled = next(
        (_packages("layer") / "python/boto3/__pycache__").glob(f"session.{sys.implementation.cache_tag}.pyc")
    )
    unchecked_hash = 0b01
    assert int.from_bytes(compiled.read_bytes()[4:8], "little") == unchecked_hash


def test_code_travels_with_bytecode_for_lambdas_python_wherever_it_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lambda can keep none: what isn't compiled before is compiled whenever a function starts, which is billed."""
    monkeypatch.setattr(assets, "python_of_lambda", lambda: sys.executable)
    folder = assets.stage(assets.function("brake"), tmp_path / "brake")
    assets.add_bytecode(folder, "/var/task")
    (compiled,) = (folder / "brake/__pycache__").glob(f"switching.{sys.implementation.cache_tag}.pyc")
    content = compiled.read_bytes()
    unchecked_hash = 0b01
    assert int.from_bytes(content[4:8], "little") == unchecked_hash
    code = marshal.loads(content[16:])  # noqa: S302 (our own)
    assert code.co_filename == "/var/task/brake/switching.py"


def test_an_interpreter_of_lambdas_version_is_fetched_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "FETCHED", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(sys, "executable", str(installer(tmp_path / "uv", tmp_path / "cpython/bin")))
    assets.python_of_lambda.cache_clear()
    try:
        assert assets.python_of_lambda() is None
        assert assets.fetch_python() == str(tmp_path / "cpython/bin" / f"python{assets.PYTHON_VERSION}")
    finally:
        assets.python_of_lambda.cache_clear()


def installer(file: Path, target: Path) -> Path:
    """An interpreter of another version, whose `uv python install` puts one of Lambda's there."""
    python = f"python{assets.PYTHON_VERSION}"
    made = f"mkdir -p {target} && printf '#!/bin/sh\necho {assets.PYTHON_VERSION}\n' > {target}/{python}"
    file.write_text(
        f'#!/bin/sh\ncase "$*" in *"python install"*) {made} && chmod +x {target}/{python};; *) echo 3.9;; esac\n'
    )
    file.chmod(0o755)
    return file


@pytest.mark.parametrize("lock", ["caption", "mosaic", "search", "describe"])
def test_no_package_travels_twice_to_a_function(lock: str) -> None:
    shared, own = ({path.name for path in (_packages(each) / "python").iterdir()} for each in ("layer", lock))
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
    needed |= {"infra/trimming.py"}
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


def test_a_checkpoint_of_ones_own_travels_with_the_image(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkpoint = tmp_path / "mine.keras"
    checkpoint.touch()
    monkeypatch.setenv("MODEL_SOURCE", str(checkpoint))
    contents, arguments = assets.caption_image()
    assert contents[arguments["MODEL_SOURCE"]] == checkpoint
    assert assets.model_name(in_image=True) == "mine"


def test_trimming_removes_what_is_never_loaded_and_again_nothing(tmp_path: Path) -> None:
    kept = ("ai_edge_litert/libLiteRt.so", "botocore/data/s3/1/service-2.json.gz", "botocore/data/endpoints.json")
    gone = ("ai_edge_litert/tools/apply", "botocore/data/ec2/1/service-2.json.gz", "scipy/stats/a.py", "bin/f2py")
    for name in (*kept, *gone):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for _ in range(2):
        trim(tmp_path)
        assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == set(kept)


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


def _start(handler: str, path: list[str], program: str = START) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", "-c", program, handler, *path]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("folder", ["infra", "frontend"])
def test_no_package_of_node_runs_a_script_while_it_is_installed(folder: str) -> None:
    assert "ignore-scripts=true" in (ROOT / folder / ".npmrc").read_text().splitlines()
