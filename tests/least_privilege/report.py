"""docs/permissions.md: which right each function has, and what fails without it."""

import re
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from tests.least_privilege.rights import Right

REPORT = Path(__file__).parents[2] / "docs/permissions.md"
BEGINNING = """\
# What each function may do, and what fails without it

`make permissions` starts a local cloud with a language model beside it, takes every right below away from its function
in turn, has the function do its [work](../tests/least_privilege/work.py) until some of it fails, gives the right back,
sees that work succeed, and writes this page. A right that nothing misses makes it fail. `make test` checks that the
page lists exactly the rights of the template with such a model, and that the cloud's functions have no others.

Besides, AWS Lambda itself writes each function's log and traces and takes messages from its queue, in the function's
name. The local cloud does that without asking for these rights, so they are not tried.
"""
TITLE, ROW = re.compile(r"## (\w+)"), re.compile(r"\| `([^`]+)` \| `([^`]+)` \| (.*) \|")


NOT_YET = "(not tried yet)"
Failing = dict[Right, str]
"""Right → the work that fails without it, or why that is not known; empty where none does."""


def write(failing: Failing) -> None:
    """Write the page."""
    parts = [BEGINNING]
    for function, rights in groupby(sorted(failing), attrgetter("function")):
        parts.append(f"\n## {function}\n\n| May | With | Without it, this fails |\n|---|---|---|\n")
        parts += [f"| `{each.action}` | `{each.resource}` | {failing[each].replace('_', ' ')} |\n" for each in rights]
    REPORT.write_text("".join(parts))


def read() -> Failing:
    """Return what the page says."""
    found, function = {}, ""
    for line in REPORT.read_text().splitlines() if REPORT.exists() else ():
        if title := TITLE.fullmatch(line):
            function = title[1]
        elif row := ROW.fullmatch(line):
            found[Right(function, row[1], row[2])] = row[3]
    return found
