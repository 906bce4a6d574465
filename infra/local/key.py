"""The key of the local cloud: random, made once, readable by its owner alone."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@dataclass(frozen=True)
class Key:
    """Credentials of the one user who may do everything in the local cloud."""

    access_key_id: str
    secret_access_key: str


def key_in(file: Path) -> Key:
    """Read the key, or make it where there is none yet."""
    if not file.exists():
        key = Key("AKIA" + "".join(secrets.choice(ALPHABET) for _ in range(16)), secrets.token_urlsafe(30))
        write_secret(file, json.dumps(asdict(key)))
    return Key(**json.loads(file.read_text()))


def write_secret(file: Path, content: str) -> None:
    """Write a file that its owner alone can read, whole or not at all."""
    unfinished = file.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(content)
    unfinished.replace(file)
