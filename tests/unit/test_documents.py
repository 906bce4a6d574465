"""What the README and the documents lead to is there: files, targets of make, modules that are run."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from infra.settings import ROOT

FOLDERS = ("docs", "findings", "tests")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(found for each in FOLDERS for found in (ROOT / each).rglob("*.md"))])
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def links(document: Path) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text()):
        if not re.match(r"https?:|mailto:", target):
            yield target


def anchors(document: Path) -> set[str]:
    """What a heading can be led to by, as forges make it of its words."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: str(each.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    for link in links(document):
        path, _, anchor = link.partition("#")
        found = (document.parent / path).resolve() if path else document
        assert found.exists(), link
        if anchor and found.suffix == ".md":
            assert anchor in anchors(found), link


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: str(each.relative_to(ROOT)))
def test_every_target_of_make_exists(document: Path) -> None:
    typed = re.findall(r"(?:^|`|; )make ((?:[A-Z_]+=\S+ )*)([a-z-]+)", document.read_text(), re.MULTILINE)
    assert {target for _, target in typed} <= TARGETS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: str(each.relative_to(ROOT)))
def test_every_module_of_ours_that_is_run_exists(document: Path) -> None:
    for module in re.findall(r"python3? -m ((?:infra|tests|caption|search|mosaic)[\w.]*)", document.read_text()):
        path = module.replace(".", "/")
        places = [folder / f"{path}{end}" for folder in (ROOT, ROOT / "functions") for end in (".py", "/__main__.py")]
        assert any(each.exists() for each in places), module


def test_the_readme_leads_to_every_document() -> None:
    """Through another one, if not itself; so that nobody writes what nobody finds."""
    found, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        document = waiting.pop()
        document = document / "README.md" if document.is_dir() else document
        if document in DOCUMENTS and document not in found:
            found.add(document)
            waiting += [(document.parent / each.partition("#")[0]).resolve() for each in links(document)]
    assert found == set(DOCUMENTS)
