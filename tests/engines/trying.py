"""Trying the assumptions on an engine, and docs/engines.md, which says what came of it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from infra.settings import ROOT
from moto import mock_aws
from tests.dynamodb import TABLE
from tests.engines.assumptions import ASSUMPTIONS, Assumption, Client
from tests.engines.running import DYNALITE, running_engine

PAGE = ROOT / "docs/engines.md"
ENGINES = ("moto", "ministack", "dynalite")
HONOURED, NOT_HONOURED = "✓", "✗"
ROW = re.compile(r"\| (.+) \| ([✓✗]) \| ([✓✗]) \| ([✓✗]) \|")
BEGINNING = """\
# Engines in place of DynamoDB

The unit tests run on moto, in their own process; `make test-engine` runs those that touch the table on two others,
over HTTP: the local cloud's (ministack 1.5.33) and [dynalite](https://github.com/architect/dynalite) 4.0.0. None of
them is DynamoDB. This page, written by `make engines`, says which of the gallery's assumptions each honours; AWS
documents all of them. A test holds each engine to its marks, so that a version which behaves otherwise is noticed.

Dynalite has no transactions: [a layer of the tests](../tests/engines/transactions.py) in front of it makes them of
single writes under a lock. So it never has two transactions in conflict, and its marks on transactions are those of the
layer. It has no TTL, streams or backups either, which no unit test needs. Amazon's own DynamoDB Local is not used,
since its licence is the vendor's own.

The public [conformance suite](https://github.com/nubo-db/dynamodb-conformance) is no package, so it is not run here. By
its own results of May 2026, of 601 tests that DynamoDB passes, dynalite passes 469 (43 left out, transactions among
them) and ministack 364, which differs most in words of errors and in which of two errors comes first.

| The gallery assumes | moto | ministack | dynalite |
|---|---|---|---|
"""


def missing(engine: str) -> str:
    """Why an engine can't be tried here; empty where it can."""
    return "" if engine != "dynalite" or DYNALITE.exists() else "needs dynalite: npm ci --prefix infra"


@contextmanager
def client_of(engine: str) -> Iterator[Client]:
    """A client of an engine that nobody else uses."""
    with ExitStack() as stack:
        if engine == "moto":
            stack.enter_context(mock_aws())
        endpoint = None if engine == "moto" else stack.enter_context(running_engine(engine))
        session = boto3.Session("testing", "testing", region_name="us-east-1")
        yield session.client("dynamodb", endpoint_url=endpoint, config=Config(retries={"total_max_attempts": 1}))


def honours(client: Client, assumption: Assumption) -> bool:
    """Try an assumption on a table of its own."""
    table = f"t{uuid4().hex}"
    client.create_table(TableName=table, **TABLE)
    client.get_waiter("table_exists").wait(TableName=table, WaiterConfig={"Delay": 1})
    try:
        assumption(client, table)
    except (AssertionError, BotoCoreError, ClientError, KeyError):
        return False
    return True


def words(assumption: Assumption) -> str:
    """What docs/engines.md calls an assumption."""
    return str(assumption.__doc__).strip().rstrip(".")


def marks() -> Mapping[str, Mapping[str, bool]]:
    """Assumption, in words → engine → whether the page says that it honours it."""
    found = ROW.finditer(PAGE.read_text())
    return {row[1]: dict(zip(ENGINES, (mark == HONOURED for mark in row.groups()[1:]), strict=True)) for row in found}


def write(outcomes: Mapping[str, Mapping[str, bool]], page: Path = PAGE) -> None:
    """Write the page."""
    lines = [
        f"| {assumption} | {' | '.join(HONOURED if of[engine] else NOT_HONOURED for engine in ENGINES)} |"
        for assumption, of in outcomes.items()
    ]
    page.write_text(BEGINNING + "\n".join(lines) + "\n")


def tried() -> dict[str, dict[str, bool]]:
    """Try every assumption on every engine."""
    outcomes: dict[str, dict[str, bool]] = {words(assumption): {} for assumption in ASSUMPTIONS}
    for engine in ENGINES:
        with client_of(engine) as client:
            for assumption in ASSUMPTIONS:
                outcomes[words(assumption)][engine] = honours(client, assumption)
    return outcomes
