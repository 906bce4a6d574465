"""What language models may cost in a day (UTC): reserved before a call, corrected after it.

A price in dollars per million tokens is one in millionths of a dollar per token, which is what a day's row counts in.
"""

import math
import time

from describe.answer import INPUT_TOKENS, MAX_OUTPUT_TOKENS, Answer
from describe.config import config
from gallery.aws import table
from gallery.timestamps import now

_KEPT_SECONDS = 40 * 24 * 3600
_MILLION = 1_000_000


class BudgetExceeded(Exception):
    """The day's budget does not allow another call."""


def reserve() -> tuple[str, int]:
    """Set aside what a call may cost; return the day and the amount in millionths of a dollar. Raises Spent."""
    day, amount = now()[:10], _cost(INPUT_TOKENS, MAX_OUTPUT_TOKENS)
    room = math.floor(config().dollars_a_day * _MILLION) - amount
    condition = "attribute_not_exists(microdollars) OR microdollars <= :room"
    if room < 0:
        raise BudgetExceeded
    try:
        _add(day, amount, ConditionExpression=condition, room=room)
    except table.Conflict as error:
        raise BudgetExceeded from error
    return day, amount


def correct(reserved: tuple[str, int], answer: Answer) -> None:
    """Count what a call has cost in place of what was set aside, where the model says how many tokens it took."""
    day, amount = reserved
    if answer.input_tokens is not None and answer.output_tokens is not None:
        _add(day, _cost(answer.input_tokens, answer.output_tokens) - amount)


def give_back(reserved: tuple[str, int]) -> None:
    """Count nothing for a call that cost nothing."""
    day, amount = reserved
    _add(day, -amount)


def _cost(input_tokens: int, output_tokens: int) -> int:
    return math.ceil(input_tokens * config().input_dollars + output_tokens * config().output_dollars)


def _add(day: str, microdollars: int, room: int | None = None, **condition: str) -> None:
    values = {":amount": microdollars, ":expires": int(time.time()) + _KEPT_SECONDS}
    if room is not None:
        values[":room"] = room
    table.update(
        table.key("SPENT", day),
        UpdateExpression="SET expires_at = :expires ADD microdollars :amount",
        ExpressionAttributeValues=values,
        **condition,
    )
