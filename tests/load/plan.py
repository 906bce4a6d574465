"""How large a run is: its numbers, their defaults for a laptop, and those of the whole."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The numbers of one run; the defaults take about ten minutes on two cores."""

    pictures: int = 500
    """How many are uploaded in the burst."""
    poison_every: int = 100
    """Each picture of which this is a divisor of its number cannot be captioned."""
    senders: int = 8
    """How many send the burst, each a batch of files at a time."""
    clients: int = 10
    """How many replay the traffic of a browser."""
    uploaders: int = 5
    """How many go on uploading meanwhile, a picture a second each."""
    minutes: float = 2.0
    """How long they do."""
    kill_every: float = 5.0
    """Seconds between two kills of a function's process, in the mean; 0 for none."""
    settle_minutes: float = 10.0
    """How long the gallery may take afterwards until everything is as it has to be."""
    seed: int = 20261121
    """Of everything that is drawn by lot: pictures, whom a kill meets, and when."""


WHOLE = replace(Plan(), pictures=10_000, senders=16, clients=50, minutes=10.0, settle_minutes=60.0)
"""Ten thousand pictures, fifty browsers, ten minutes."""


def plan_from(arguments: Sequence[str]) -> Plan:
    """Read a plan from the command line; `--help` lists its numbers."""
    parser = argparse.ArgumentParser(prog="make load", description="Load and faults on a local cloud of its own.")
    parser.add_argument("--full", action="store_true", help="start from the numbers of the whole, not of a laptop")
    for each in fields(Plan):
        parser.add_argument(f"--{each.name.replace('_', '-')}", type=type(each.default), metavar=str(each.default))
    chosen = vars(parser.parse_args(arguments))
    start = WHOLE if chosen.pop("full") else Plan()
    return replace(start, **{name: value for name, value in chosen.items() if value is not None})
