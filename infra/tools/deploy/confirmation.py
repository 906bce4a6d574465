"""Ask before anything is made or lost."""

import os

from infra.tools.console import ToolError, say


def confirm(question: str, expected: str) -> None:
    """Ask, and return only where the answer is the expected one or YES=1 was given.

    Raises:
        ToolError: it is another one, or nobody is there to answer.
    """
    if os.environ.get("YES") == "1":
        return
    say(f"{question} ", end="")
    try:
        answer = input()
    except EOFError as error:
        raise ToolError("\nNobody answers; YES=1 says yes.") from error
    if answer.strip() != expected:
        raise ToolError("Nothing was changed.")
