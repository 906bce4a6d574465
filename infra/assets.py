"""What each deployable asset contains, built as the cloud will see it, without Docker."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from infra.settings import ROOT
from infra.trimming import trim

Contents = dict[str, Path]
"""Name inside the asset → file on disk."""

PYTHON_VERSION = "3.13"
PLATFORMS = {"x86_64": "x86_64-manylinux_2_34", "arm64": "aarch64-manylinux_2_34"}
"""Lambda runs Python 3.13 on Amazon Linux 2023, whose C library is glibc 2.34."""
FETCHED = ROOT / "build/python"
"""Where an interpreter of that version is put if this machine has none: bytecode of another one is of no use."""
LEFT_OUT = {"__pycache__", "tests", "node_modules", ".DS_Store"}
CHECKPOINT = ".keras"
MODEL = ROOT / "functions/caption/model"
MORE_MODELS = ROOT / "functions/caption/models"
TILES = ROOT / "functions/mosaic/tiles/cifar10.npy"
MORE = {"images": {"images/openapi.json": ROOT / "docs/openapi.json"}}
"""What a function's folder gets from elsewhere."""
TRIMMING = ROOT / "infra/trimming.py"
COMPILED = (MODEL, MORE_MODELS, ROOT / "functions/search/model")


def function(name: str) -> Contents:
    """A function's code: its folder as an importable package, with the compiled model where it has one."""
    return _tree(ROOT / "functions" / name, name) | MORE.get(name, {})


def domain_layer() -> Contents:
    """The `gallery` package that every function shares, as Lambda expects a layer: below `python/`."""
    return _tree(ROOT / "layers/gallery/gallery", "python/gallery")


def caption_image() -> tuple[Contents, dict[str, str]]:
    """The caption image's build context and build arguments; a checkpoint of one's own travels inside the context."""
    code = {name: path for name, path in function("caption").items() if not {MODEL, MORE_MODELS} & set(path.parents)}
    contents = {f"functions/{name}": path for name, path in code.items()}
    for package in ("layers/gallery/gallery", "layers/compiler/compiler"):
        contents |= _tree(ROOT / package, package)
    contents |= {f"requirements/{path.name}": path for path in (ROOT / "requirements").glob("*.txt")}
    contents["infra/trimming.py"] = TRIMMING
    source = model_source()
    if not source.endswith(CHECKPOINT):
        return contents, {"MODEL_SOURCE": source, "MORE_MODELS": " ".join(more_models())}
    inside = f"checkpoint/{Path(source).name}"
    return contents | {inside: Path(source)}, {"MODEL_SOURCE": inside, "MORE_MODELS": " ".join(more_models())}


def model_source() -> str:
    """What the caption image compiles: `imagenet`, the name of an architecture or the path of a checkpoint."""
    return os.environ.get("MODEL_SOURCE") or "imagenet"


def model_name(*, in_image: bool) -> str:
    """Name of the model that captions, or nothing where none is compiled yet.

    The image compiles its own model while it is built; elsewhere it is the one compiled on this machine.
    """
    if in_image:
        source = model_source()
        return Path(source).stem if source.endswith(CHECKPOINT) else source.replace("imagenet", "ResNet50")
    manifest = MODEL / "manifest.json"
    return str(json.loads(manifest.read_text())["name"]) if manifest.is_file() else ""


def model_names(*, in_image: bool) -> list[str]:
    """Names of the models that pictures can be captioned by, the one for new pictures first."""
    own = model_name(in_image=in_image)
    more = more_models() if in_image else sorted(path.parent.name for path in MORE_MODELS.glob("*/manifest.json"))
    return [own, *(name for name in more if name != own)] if own else more


def more_models() -> list[str]:
    """Names in keras.applications that the caption image compiles besides, for captioning pictures again."""
    return os.environ.get("MORE_MODELS", "").split()


def cifar10_digest() -> str:
    """Digest of the tiles that `python -m mosaic.cifar` has made, 16 hexadecimal digits; empty where it has not."""
    return hashlib.sha256(TILES.read_bytes()).hexdigest()[:16] if TILES.is_file() else ""


def stage(contents: Contents, folder: Path) -> Path:
    """Copy an asset's contents into a folder, times and modes aside, and return that folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in contents.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    return folder


def packages(requirements: str, platform: str | None = None, *, trimmed: bool = True) -> tuple[Path, str]:
    """Install a lock file's packages as a layer for a Lambda platform, or for the running interpreter without one.

    What functions never load is left out where it is `trimmed`. Returns the layer's folder and a digest of what went
    into it. The same lock and platform are installed only once.
    Where there is an interpreter of the version that will run them, they are compiled to bytecode: Lambda can't keep
    any, and compiling takes a function a second whenever it starts.

    Raises:
        RuntimeError: the packages could not be had, with the installer's own words.
    """
    lock = ROOT / "requirements" / f"{requirements}.txt"
    target = f"{platform}/{PYTHON_VERSION}" if platform else f"{sys.platform}/{sys.version}"
    python = python_of_lambda() if platform else sys.executable
    digest = hashlib.sha256(
        lock.read_bytes() + TRIMMING.read_bytes() + f"{target} {bool(python)} {trimmed}".encode()
    ).hexdigest()
    layer = ROOT / "build/packages" / f"{requirements}-{digest[:16]}"
    if not layer.is_dir():
        _install(lock, platform, python, layer, trimmed=trimmed)
    return layer, digest


@cache
def python_of_lambda() -> str | None:
    """Return an interpreter on this machine whose bytecode Lambda's understands, if there is one."""
    ask = "import sys; print(*sys.version_info[:2], sep='.')"
    fetched = [str(path) for path in sorted(FETCHED.glob(f"*/bin/python{PYTHON_VERSION}"))]
    for name in filter(None, (sys.executable, shutil.which(f"python{PYTHON_VERSION}"), *fetched)):
        done = subprocess.run([name, "-c", ask], capture_output=True, text=True, check=False)  # noqa: S603
        if done.stdout.strip() == PYTHON_VERSION:
            return name
    return None


def fetch_python() -> str | None:
    """Fetch an interpreter of Lambda's version into this folder, where the connection allows; return what there is."""
    command = [sys.executable, "-m", "uv", "python", "install", "--quiet", "--no-config", "--no-bin", PYTHON_VERSION]
    environment = os.environ | {"UV_PYTHON_INSTALL_DIR": str(FETCHED)}
    subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603 (only our own words)
    python_of_lambda.cache_clear()
    return python_of_lambda()


def add_bytecode(folder: Path, where: str) -> None:
    """Compile an asset that was put together, where there is an interpreter for it; `where` is its place on Lambda."""
    if python := python_of_lambda():
        _compile(python, folder, "-s", str(folder), "-p", where)


def source_digest(contents: Contents) -> str:
    """Return a digest (hexadecimal) of an asset's sources, which its bytecode is not always the same bytes for."""
    digest = hashlib.sha256()
    for name, file in sorted(contents.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _compile(python: str, site: Path, *options: str) -> None:
    """Write bytecode that is used whatever times and modes the files get; what doesn't compile is left as it is."""
    command = [
        python,
        "-m",
        "compileall",
        "-q",
        "-j",
        "0",
        "--invalidation-mode",
        "unchecked-hash",
        *options,
        str(site),
    ]
    subprocess.run(command, capture_output=True, check=False)  # noqa: S603 (only our own words)


def _install(lock: Path, platform: str | None, python: str | None, layer: Path, *, trimmed: bool) -> None:
    layer.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=layer.parent) as unfinished:
        site = Path(unfinished) / "layer/python"
        command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-config", "--no-deps"]
        command += ["--target", str(site), "--only-binary", ":all:", "--require-hashes", "-r", str(lock)]
        command += ["--python-platform", platform, "--python-version", PYTHON_VERSION] if platform else []
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (only our own words)
        if done.returncode:
            raise RuntimeError(f"The packages of {lock.name} could not be installed:\n{done.stderr.strip()}")
        if trimmed:
            trim(site)
        if python:
            _compile(python, site)
        try:
            site.parent.rename(layer)
        except OSError:
            # Somebody else has just installed the very same.
            if not layer.is_dir():
                raise


def _tree(folder: Path, name: str) -> Contents:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    inside = ((path, path.relative_to(folder)) for path in files)
    return {f"{name}/{path.as_posix()}": file for file, path in inside if not LEFT_OUT & set(path.parts)}
