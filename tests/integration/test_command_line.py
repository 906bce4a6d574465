"""The command line against the local cloud: a folder of photographs goes up and comes down, whatever stops it."""

import json
import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from tests import photographs
from tests.accounts import Account, account
from tests.local_cloud import ROOT, LocalCloud, eventually, free_port
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(300)]

COUNT = 16


@dataclass(frozen=True)
class CommandLine:
    """The built command, for one gallery and one person, with a memory of its own."""

    program: Path
    url: str
    state: Path
    token: str = ""
    heard_of: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        own = {"XDG_STATE_HOME": str(self.state), "XDG_CONFIG_HOME": str(self.state)}
        mine = {"GALLERY_URL": self.url, "GALLERY_TOKEN": self.token, **own}
        return os.environ | mine

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Type a command and return at once."""
        return subprocess.Popen(
            ["node", str(self.program), *words],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ends(self, *words: str) -> tuple[int, str, str]:
        """Type a command; return its exit code, its results and its remarks."""
        running = self.start(*words)
        said, remarks = running.communicate(timeout=120)
        assert self.token == "" or self.token not in said + remarks
        return running.returncode, said, remarks

    def results(self, *words: str) -> list[dict[str, Any]]:
        """Type a command that succeeds; return its results."""
        code, said, remarks = self.ends(*words, "--json")
        assert code == 0, remarks
        found = [json.loads(line) for line in said.splitlines()]
        self.heard_of.extend(each["image_id"] for each in found if each.get("image_id"))
        return found


@pytest.fixture(scope="session")
def program() -> Path:
    """The command line, built from what stands in the folder."""
    if shutil.which("npm") is None:
        pytest.skip("needs Node.js")
    built = subprocess.run(["npm", "--prefix", "frontend", "run", "--silent", "build:cli"], cwd=ROOT, check=False)
    assert built.returncode == 0
    return ROOT / "frontend" / "dist-cli" / "gallery.js"


@pytest.fixture
def anybody(program: Path, local_cloud: LocalCloud, tmp_path: Path) -> CommandLine:
    """The command line as it is used by somebody who isn't signed in."""
    return CommandLine(program, local_cloud.site_url, tmp_path / "state")


@pytest.fixture
def folder(tmp_path: Path, anybody: CommandLine) -> Iterator[Path]:
    """A folder of photographs that no gallery has seen yet, of which none is left there afterwards."""
    root = tmp_path / "photographs"
    (root / "deep").mkdir(parents=True)
    mark = secrets.token_hex(4)
    for turn, (name, content) in enumerate(photographs.some(COUNT)):
        (root / ("deep" if turn % 2 else ".") / f"{mark}-{name}").write_bytes(content)
    yield root
    if anybody.heard_of:
        anybody.results("delete", *anybody.heard_of, "--yes")


def names_in(root: Path) -> set[str]:
    return {path.name for path in files_in(root)}


def files_in(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def shown_of(line: CommandLine, root: Path) -> list[str]:
    """Return the names of a folder's pictures as often as the gallery shows them with a caption."""
    listed = line.results("list", "--limit", "1000", "--status", "captioned")
    return sorted(each["filename"] for each in listed if each["filename"] in names_in(root))


def statuses(results: Sequence[dict[str, Any]]) -> set[str]:
    return {each["status"] for each in results}


@needs_model
def test_a_folder_goes_up_once_and_comes_down_the_same(anybody: CommandLine, folder: Path, tmp_path: Path) -> None:
    first = anybody.results("upload", str(folder), "--wait")
    assert (len(first), statuses(first)) == (COUNT, {"captioned"})
    assert sum(each["caption"] is not None for each in first) > COUNT / 2
    assert {each["file"] for each in first} == {str(path.relative_to(folder)) for path in files_in(folder)}
    again = anybody.results("upload", str(folder))
    assert {each["file"]: each["image_id"] for each in again} == {each["file"]: each["image_id"] for each in first}
    assert statuses(again) == {"duplicate"}

    ids = [each["image_id"] for each in first]
    saved = anybody.results("download", *ids, "--to", str(tmp_path / "saved"))
    assert statuses(saved) == {"downloaded"}
    for path in files_in(folder):
        assert (tmp_path / "saved" / path.name).read_bytes() == path.read_bytes()
    assert statuses(anybody.results("download", *ids, "--to", str(tmp_path / "saved"))) == {"already_there"}

    assert statuses(anybody.results("delete", *ids, "--yes")) == {"deleted"}
    assert statuses(anybody.results("delete", *ids, "--yes")) == {"absent"}
    assert names_in(folder).isdisjoint(each["filename"] for each in anybody.results("list"))


@needs_model
@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)])
def test_an_upload_that_was_stopped_goes_on_where_it_was(
    anybody: CommandLine, folder: Path, number: signal.Signals, code: int
) -> None:
    running = anybody.start("upload", str(folder), "--json", "--jobs", "2")
    assert running.stdout
    sent = [json.loads(line)["file"] for line in islice(running.stdout, 4)]
    running.send_signal(number)
    running.communicate(timeout=30)
    assert running.returncode == code
    again = {each["file"]: each["status"] for each in anybody.results("upload", str(folder))}
    assert len(again) == COUNT
    assert {again[file] for file in sent} == {"duplicate"}
    assert "uploaded" in again.values()
    assert {each["status"] for each in anybody.results("upload", str(folder), "--wait")} <= {"captioned", "duplicate"}
    # What was under way when it was stopped may have arrived unnoticed; of such twins the gallery shows one.
    assert shown_of(anybody, folder) == sorted(names_in(folder))


@needs_model
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_download_that_was_stopped_leaves_whole_files_and_goes_on(
    anybody: CommandLine, folder: Path, tmp_path: Path, number: signal.Signals
) -> None:
    ids = [each["image_id"] for each in anybody.results("upload", str(folder), "--wait")]
    running = anybody.start("download", *ids, "--to", str(tmp_path / "saved"), "--json", "--jobs", "2")
    assert running.stdout
    assert len(list(islice(running.stdout, 4))) == 4
    running.send_signal(number)
    running.communicate(timeout=30)
    originals = {path.name: path.read_bytes() for path in files_in(folder)}
    whole = [path for path in files_in(tmp_path / "saved") if path.suffix != ".part"]
    assert len(whole) >= 4
    assert "already_there" in statuses(anybody.results("download", *ids, "--to", str(tmp_path / "saved")))
    contents = sorted(path.read_bytes() for path in files_in(tmp_path / "saved"))
    assert contents == sorted(originals.values())


@needs_model
def test_search_and_lists_say_what_the_gallery_says(anybody: CommandLine, folder: Path) -> None:
    uploaded = anybody.results("upload", str(folder), "--wait")
    shown = anybody.results("list", "--limit", "3")
    assert [each["id"] for each in shown] == sorted((each["id"] for each in shown), reverse=True)
    (found,) = anybody.results("list", "--limit", "1")
    label = found["labels"][0]["label"]
    assert found["id"] in [each["id"] for each in anybody.results("list", "--label", label)]
    results = anybody.results("search", label, "--min-score", "0.1", "--limit", "40")
    assert {each["image"]["id"] for each in results} & {each["image_id"] for each in uploaded}
    assert [each["score"] for each in results] == sorted((each["score"] for each in results), reverse=True)


def test_what_is_no_picture_is_reported_and_stops_nothing(anybody: CommandLine, folder: Path) -> None:
    (folder / "notes.jpg").write_text("Dear diary, this is no photograph at all.")
    (folder / "labels.json").write_text("{}")
    code, said, _ = anybody.ends("upload", str(folder), "--json")
    outcomes = {each["file"]: each for each in map(json.loads, said.splitlines())}
    assert (code, len(outcomes)) == (1, COUNT + 1)
    assert outcomes["notes.jpg"]["status"] == "rejected"
    assert outcomes["notes.jpg"]["detail"].endswith(".")


@needs_model
def test_private_pictures_are_their_owners_alone(anybody: CommandLine, local_cloud: LocalCloud, folder: Path) -> None:
    anna, eve = (signed_in(anybody, account(local_cloud)) for _ in range(2))
    path = files_in(folder)[0]
    (image_id,) = (each["image_id"] for each in anna.results("upload", str(path), "--private", "--wait"))
    assert statuses(anna.results("download", image_id, "--to", str(folder / "mine"))) == {"downloaded"}
    assert (folder / "mine" / path.name).read_bytes() == path.read_bytes()
    for other in (anybody, eve):
        assert other.ends("download", image_id, "--to", str(folder / "theirs"))[0] == 1
        assert statuses(other.results("delete", image_id, "--yes")) == {"absent"}
    assert statuses(anna.results("delete", image_id, "--yes")) == {"deleted"}


def signed_in(line: CommandLine, who: Account) -> CommandLine:
    return CommandLine(line.program, line.url, line.state, who.token)


def test_exit_codes_tell_why(anybody: CommandLine, local_cloud: LocalCloud, folder: Path) -> None:
    anna, eve = (signed_in(anybody, account(local_cloud)) for _ in range(2))
    stranger = CommandLine(anybody.program, anybody.url, anybody.state, "no.such.token")
    hers = str(files_in(folder)[0])
    (image_id,) = (each["image_id"] for each in anna.results("upload", hers, "--public"))
    nowhere = f"http://127.0.0.1:{free_port()}"
    assert eve.ends("delete", image_id, "--yes")[0] == 3
    assert anybody.ends("delete", image_id, "--yes")[0] == 3
    assert stranger.ends("list")[0] == 3
    assert stranger.ends("upload", str(folder))[0] == 3
    assert anybody.ends("list", "--url", nowhere)[0] == 4
    assert anybody.ends("list", "--url", local_cloud.endpoint)[0] == 4
    assert anybody.ends("list", "--label", "x" * 101)[0] == 2
    assert anybody.ends("delete", image_id)[0] == 2
    assert anna.ends("delete", image_id, "--yes")[0] == 0


@needs_model
def test_a_takeout_comes_in_goes_out_and_comes_back_as_it_was(
    program: Path, local_cloud: LocalCloud, folder: Path, tmp_path: Path
) -> None:
    files = sorted(files_in(folder))[:4]
    zipped = takeout_of(files, tmp_path / "takeout-001.zip")
    anna, ben = (logged_in(program, local_cloud, tmp_path / name) for name in ("anna", "ben"))

    assert len(anna.results("import", str(zipped), "--yes", "--zone", "UTC")) == 1 + len(files)
    assert eventually(lambda: len(anna.results("list", "--owner", "me")) == len(files), 60)
    out = tmp_path / "out"
    assert statuses(anna.results("export", "--to", str(out))) == {"exported"}
    assert statuses(anna.results("export", "--to", str(out))) == {"already_there"}
    saved = {path.name: path.read_bytes() for path in files_in(out / "pictures")}
    assert {path.name: path.read_bytes() for path in files}.items() <= saved.items()

    ben.results("import", str(out), "--yes")
    assert eventually(lambda: len(ben.results("list", "--owner", "me")) == len(files), 60)
    facts = ("filename", "description", "favourite", "taken_at", "taken_offset", "visibility", "sha256")
    before, after = (
        sorted(tuple(image[fact] for fact in facts) for image in line.results("list", "--owner", "me"))
        for line in (anna, ben)
    )
    assert before == after
    assert {image[1:3] for image in before} == {("By the sea", True)}
    for line in (anna, ben):
        line.results("delete", *[image["id"] for image in line.results("list", "--owner", "me")], "--yes")
        line.results("logout")
        assert line.ends("export", "--to", str(out))[0] == 2


def takeout_of(files: Sequence[Path], archive: Path) -> Path:
    """Pack photographs as Google does."""
    facts = {"description": "By the sea", "favorited": True, "photoTakenTime": {"timestamp": "1594728005"}}
    with ZipFile(archive, "w", ZIP_DEFLATED) as packed:
        for path in files:
            name = f"Takeout/Google Photos/Photos from 2020/{path.name}"
            packed.write(path, name)
            packed.writestr(f"{name}.supplemental-metadata.json", json.dumps({"title": path.name, **facts}))
    return archive


def logged_in(program: Path, cloud: LocalCloud, home: Path) -> CommandLine:
    """The command line of a new account that has signed in by its password, which is all that it is told."""
    person, line = account(cloud), CommandLine(program, cloud.site_url, home)
    login = ["node", str(program), "login", person.email]
    subprocess.run(login, env=line.environment, input=f"{person.password}\n", text=True, check=True, timeout=60)
    return line
