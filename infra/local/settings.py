"""Where one local cloud listens and keeps its state."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from infra.tools.console import ToolError

HOST = "127.0.0.1"
REGION = "us-east-1"
ACCOUNT = "000000000000"
STACK = "NeuralGallery-local"
VITE_PORT = 5173


@dataclass(frozen=True)
class LocalSettings:
    """Ports of one local cloud and the folder with all of its state."""

    port: int
    """The gallery itself: page, API and renditions, as the distribution serves them."""
    cloud_port: int
    """The emulator: S3 for browsers, every AWS service for the functions."""
    data: Path
    llm_endpoint: str = ""
    llm_model: str = ""
    llm_key: str = field(default="", repr=False)
    dev_server: bool = False
    """Whether the page's development server may call this cloud, and so whatever else is served on its port."""

    @property
    def site_url(self) -> str:
        """The address people open."""
        return f"http://localhost:{self.port}"

    @property
    def browser_endpoint(self) -> str:
        """The S3 host that browsers see."""
        return f"http://localhost:{self.cloud_port}"

    @property
    def endpoint(self) -> str:
        """The same emulator for programs; an address with an IP number keeps S3 requests path-style."""
        return f"http://{HOST}:{self.cloud_port}"

    @property
    def origins(self) -> frozenset[str]:
        """Pages that may call this cloud: the gallery itself and, where it is let in, its development server."""
        ports = (self.port, VITE_PORT) if self.dev_server else (self.port,)
        return frozenset(f"http://{host}:{port}" for host in ("localhost", HOST) for port in ports)

    @property
    def state(self) -> Path:
        """What the emulator's services remember."""
        return self.data / "state"

    @property
    def objects(self) -> Path:
        """What S3 holds."""
        return self.data / "objects"

    @property
    def temporary(self) -> Path:
        """Unpacked functions and the like; emptied at each start."""
        return self.data / "tmp"

    @property
    def log(self) -> Path:
        """What the emulator and the functions say."""
        return self.data / "cloud.log"

    @property
    def key(self) -> Path:
        """The only credentials that may do everything."""
        return self.data / "key.json"

    @property
    def people(self) -> Path:
        """Passwords of the ready-made accounts."""
        return self.data / "people.json"

    @property
    def assembly(self) -> Path:
        """The synthesized template with its assets."""
        return self.data / "assembly"


def settings_from(environment: Mapping[str, str] = os.environ) -> LocalSettings:
    """Read PORT, CLOUD_PORT, DATA and DEV_SERVER, and LLM_ENDPOINT, LLM_MODEL and LLM_KEY of a language model.

    Raises:
        ToolError: one of them makes no sense.
    """
    port = _port(environment, "PORT", 8080)
    cloud_port = _port(environment, "CLOUD_PORT", 4566)
    if port == cloud_port:
        raise ToolError(f"PORT and CLOUD_PORT are both {port}; give the gallery and its cloud a port each.")
    data = Path(environment.get("DATA") or ".gallery").expanduser().resolve()
    endpoint, model = environment.get("LLM_ENDPOINT", ""), environment.get("LLM_MODEL", "")
    if bool(endpoint) != bool(model):
        raise ToolError("A language model needs both LLM_ENDPOINT and LLM_MODEL; set the other one too, or neither.")
    dev_server = _switch(environment, "DEV_SERVER")
    return LocalSettings(port, cloud_port, data, endpoint, model, environment.get("LLM_KEY", ""), dev_server)


def _switch(environment: Mapping[str, str], name: str) -> bool:
    text = environment.get(name, "")
    if text not in ("", "0", "1"):
        raise ToolError(f"{name}={text} is neither 0 nor 1.")
    return text == "1"


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise ToolError(f"{name}={text} is no port; choose a number from 1 to 65535, such as {name}={default}.")
    return int(text)
