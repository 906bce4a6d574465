"""Who is told of alarms, and what a month may cost."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from infra.settings import Settings
from infra.tools.console import ToolError, say
from infra.tools.deploy.toolkit import Template

PROPOSED_BUDGET = 10.0
NOBODY = "none"
"""What is answered by whoever wants no mails, or no budget."""
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

Value = TypeVar("Value")


def known(settings: Settings, deployed: Template, *, ask: bool) -> Settings:
    """Return the settings with the address for alarms and the month's budget.

    What the stage's file says comes first, then the variables, then the template that is deployed, so that a build
    server keeps what somebody once answered. Where nobody has said anything yet, `ask` has them asked.

    Raises:
        ToolError: an address or a budget is none.
    """
    address, dollars = (_ask_for_address, _ask_for_budget) if ask else (_ask_nobody, _ask_nobody)
    email = settings.alarms_email or _given("ALARMS_EMAIL", email_in(deployed), address, _address)
    budget = settings.monthly_budget or _given("BUDGET", budget_in(deployed), dollars, _dollars)
    return replace(settings, alarms_email=email or "", monthly_budget=budget)


def can_be_asked() -> bool:
    """Whether somebody sits at the terminal who has not said yes to everything."""
    return sys.stdin.isatty() and os.environ.get("YES") != "1"


def warnings(settings: Settings) -> Iterator[str]:
    """Say what nobody will hear of."""
    if not settings.alarms_email:
        yield "Nobody is told of alarms; ALARMS_EMAIL=you@example.org names who is."
    if settings.monthly_budget is None:
        yield f"No budget stops captioning; BUDGET={PROPOSED_BUDGET:.0f} sets one of so many dollars a month."


def email_in(template: Template) -> str | None:
    """Return the address that a template subscribes to its topics."""
    subscriptions = _of_type(template, "AWS::SNS::Subscription")
    return next(
        (str(subscription["Endpoint"]) for subscription in subscriptions if subscription["Protocol"] == "email"), None
    )


def budget_in(template: Template) -> float | None:
    """Return the dollars of a template's budget."""
    budgets = _of_type(template, "AWS::Budgets::Budget")
    return next((float(budget["Budget"]["BudgetLimit"]["Amount"]) for budget in budgets), None)


def _of_type(template: Template, kind: str) -> Iterator[dict[str, Any]]:
    return (resource["Properties"] for resource in template.get("Resources", {}).values() if resource["Type"] == kind)


def _given(variable: str, deployed: Value | None, ask: Callable[[], str], read: Callable[[str], Value]) -> Value | None:
    answer = os.environ.get(variable)
    if answer is None and deployed is not None:
        return deployed
    answer = ask() if answer is None else answer
    return None if answer.strip() in {"", NOBODY} else read(answer.strip())


def _ask_nobody() -> str:
    return NOBODY


def _ask_for_address() -> str:
    say("Who is to be told by e-mail when something is wrong? [an address, or none] ", end="")
    return input()


def _ask_for_budget() -> str:
    say(f"At how many dollars a month is captioning to stop? [{PROPOSED_BUDGET:.0f}, or none] ", end="")
    return input() or str(PROPOSED_BUDGET)


def _address(answer: str) -> str:
    if not ADDRESS.fullmatch(answer):
        raise ToolError(f"{answer!r} is no e-mail address.")
    return answer


def _dollars(answer: str) -> float:
    try:
        dollars = float(answer.lstrip("$"))
    except ValueError as error:
        raise ToolError(f"{answer!r} is no number of dollars.") from error
    if not 0 < dollars < float("inf"):
        raise ToolError("A budget is more than nothing.")
    return dollars
