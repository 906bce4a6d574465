"""The Lambda behind the digit counter."""

from typing import Annotated, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel

from counter.counting import count
from gallery import limits
from gallery.api.http import resolver
from gallery.api.openapi import answers

logger = Logger()
app = resolver()

Digit = Annotated[str, Query(pattern="^[0-9]$", description="Which digit to count")]
# Leading zeros are let in: the number is the same, and the answer says which one was understood.
Number = Annotated[
    str,
    Query(
        pattern="^0*[1-9][0-9]*$", max_length=limits.MAX_COUNTER_DIGITS, description="The last number, decimal digits"
    ),
]


class CounterAnswer(BaseModel):
    """How often `digit` is written in 1…n; both `n` and `count` may be longer than other programs' integers."""

    digit: int
    n: int
    count: int


@app.get("/api/counter", tags=["search"], responses=answers(CounterAnswer, 401, 422))
def count_digit(digit: Digit, n: Number) -> CounterAnswer:
    """Count how often a digit is written in the numbers from 1 to n."""
    return CounterAnswer(digit=int(digit), n=int(n), count=count(int(digit), n))


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of API Gateway's HTTP API (payload 2.0)."""
    return app.resolve(event, context)
