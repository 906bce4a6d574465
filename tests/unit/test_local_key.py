"""What the local cloud keeps is its owner's alone."""

import stat
from pathlib import Path

from infra.local.key import close_to_others, key_in


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_an_earlier_version_left_open_is_closed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    kept = data / "state" / "generations" / "00000001"
    kept.mkdir(parents=True)
    for folder in (data, data / "state", kept):
        folder.chmod(0o755)
    secrets = [kept / "cognito.json", data / "people.json", data / "cloud.log.1"]
    for file in secrets:
        file.write_text("{}")
        file.chmod(0o644)
    key_in(data / "key.json")
    close_to_others(data)
    assert {mode(folder) for folder in (data, data / "state", kept)} == {0o700}
    assert {mode(file) for file in (*secrets, data / "key.json")} == {0o600}


def test_what_is_not_the_gallerys_is_left_as_it_is(tmp_path: Path) -> None:
    shared, own = tmp_path / "shared", tmp_path / "own"
    (shared / "state").mkdir(parents=True)
    own.mkdir()
    own.chmod(0o755)
    (shared / "state" / "link").symlink_to(own)
    (shared / "theirs").write_text("x")
    (shared / "theirs").chmod(0o644)
    shared.chmod(0o1777)
    close_to_others(shared)
    assert (mode(shared), mode(shared / "state"), mode(shared / "theirs"), mode(own)) == (0o1777, 0o700, 0o644, 0o755)
