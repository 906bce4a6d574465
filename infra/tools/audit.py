"""Ask PyPI and npm for advisories about the locked packages: `python -m infra.tools.audit`, part of `make lint`.

Where nobody can be asked, a line says so and nothing fails, unless AUDIT=required, as on a build server.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from infra.settings import ROOT
from infra.tools.console import say

PIP_AUDIT = ROOT / "build/audit-packages"
"""Where `make audit` puts it, apart from what the gallery itself is made of."""
ACCEPTED: dict[str, str] = {}
"""Advisory, such as GHSA-… or PYSEC-…, → why it does not concern the gallery."""
MEETS_NOBODY = ("localstack",)
"""Locks whose packages talk to this machine's tests alone, and whose age is the point of them."""
SECONDS = 300


@dataclass(frozen=True, order=True)
class Weakness:
    """Something known against a package."""

    package: str
    advisory: str

    def __str__(self) -> str:
        return f"{self.package}: {self.advisory}"


class Unasked(Exception):
    """Nobody who knows could be asked; the message says why."""


def of_python() -> set[Weakness]:
    """Return what PyPI knows against any package of any lock that meets anybody.

    Raises:
        Unasked: PyPI's advisories can't be had, even for one of them.
    """
    locks = [lock for lock in sorted((ROOT / "requirements").glob("*.txt")) if lock.stem not in MEETS_NOBODY]
    files = [part for lock in locks for part in ("-r", str(lock))]
    options = ["--disable-pip", "--require-hashes", "--progress-spinner=off", "--format=json"]
    packages = _answer([sys.executable, "-m", "pip_audit", *options, *files])["dependencies"]
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    if unknown:
        raise Unasked(f"PyPI says nothing about {len(unknown)} of {len(packages)} packages, such as {unknown[0]}")
    return {
        Weakness(f"{package['name']} {package['version']}", advisory["id"])
        for package in packages
        for advisory in package["vulns"]
    }


def of_page() -> set[Weakness]:
    """Return what npm knows against what visitors get of the page.

    Its tools are left out: what is known against such is about hostile sources or open servers, which ours never meet.

    Raises:
        Unasked: npm's advisories can't be had.
    """
    return _of_npm("frontend", "--omit=dev")


def of_deployment() -> set[Weakness]:
    """Return what npm knows against the CDK's command line, which gets the owner's credentials.

    Raises:
        Unasked: npm's advisories can't be had.
    """
    return _of_npm("infra")


def _of_npm(folder: str, *options: str) -> set[Weakness]:
    answer = _answer(["npm", "audit", "--prefix", str(ROOT / folder), "--json", *options])
    if "vulnerabilities" not in answer:
        raise Unasked(str(answer.get("message", "npm gave no reason")))
    # What is named by a word alone is in the list itself.
    reasons = (
        via for advisory in answer["vulnerabilities"].values() for via in advisory["via"] if isinstance(via, dict)
    )
    return {Weakness(f"{via['name']} {via['range']}", via["url"].rpartition("/")[2]) for via in reasons}


def _answer(command: list[str]) -> dict[str, Any]:
    """Both end with an error where they find something, and where they find nobody; only the former is JSON."""
    environment = os.environ | {"PYTHONPATH": str(PIP_AUDIT)}
    try:
        done = subprocess.run(  # noqa: S603 (only our own words)
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise Unasked(f"no answer in {SECONDS} seconds") from None
    except ValueError:
        raise Unasked((done.stderr.strip() or "no answer").splitlines()[-1]) from None
    return answer


QUESTIONS: dict[str, Callable[[], set[Weakness]]] = {
    "Python's packages": of_python,
    "the page's": of_page,
    "the CDK's command line": of_deployment,
}


def audit(questions: dict[str, Callable[[], set[Weakness]]], *, required: bool) -> Iterator[str]:
    """Yield a sentence for everything that has to be mended."""
    for about, question in questions.items():
        try:
            known = question()
        except Unasked as reason:
            sentence = f"Nobody was asked for advisories about {about}: {reason}."
            if required:
                yield sentence
            else:
                say(sentence)
        else:
            yield from (str(advisory) for advisory in sorted(known) if advisory.advisory not in ACCEPTED)


def main() -> int:
    """Ask everybody; return the exit code."""
    advisories = list(audit(QUESTIONS, required=os.environ.get("AUDIT") == "required"))
    for advisory in advisories:
        say(advisory)
    return 1 if advisories else 0


if __name__ == "__main__":
    sys.exit(main())
