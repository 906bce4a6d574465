"""The key of the local cloud, random and made once, and how it and all else in `DATA` is kept to its owner alone."""

import json
import os
import secrets
import stat
from dataclasses import asdict, dataclass
from pathlib import Path

OWN = ("assembly", "cloud.log*", "key.json", "lock", "objects", "people.json", "state", "synth.log")
"""What the local cloud keeps in `DATA`, beside a folder of temporary files that each start makes anew."""
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


def close_to_others(data: Path) -> None:
    """Take every right of other accounts on this machine away from `DATA` and what the local cloud keeps in it.

    Earlier versions made some of it readable by everybody. Links and what is not the gallery's own stay as they are;
    so does a folder that is everybody's by intention (/tmp), in which only what is ours is closed.
    """
    if not data.stat().st_mode & stat.S_ISVTX:
        data.chmod(0o700)
    for top in (path for pattern in OWN for path in data.glob(pattern)):
        for path in (top, *top.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & stat.S_IRWXU)
