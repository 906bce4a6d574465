#!/bin/sh
# botocore 1.43.106: the error classes in `client.exceptions` differ between threads that ask for them first together.
#
# A client is documented as safe to share between threads. `client.exceptions` is made at its first use, and neither the
# property nor the factory behind it has a lock: threads that come first at the same time each make classes of their own, and
# all but the last's are thrown away. `except client.exceptions.X` then misses the very error that the client raises.
# Seen, how often depends on the machine:
#
#   8 threads, 20 rounds: in 18 not all had the class that the client raises
#
# So tell errors by error.response["Error"]["Code"], or touch client.exceptions before there are threads.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet boto3==1.43.106 botocore==1.43.106
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import boto3

THREADS, ROUNDS = 8, 20
sys.setswitchinterval(1e-6)
differing = 0
for _ in range(ROUNDS):
    session = boto3.Session("testing", "testing", region_name="eu-central-1")
    client, barrier = session.client("dynamodb"), Barrier(THREADS)

    def first_use(_):
        barrier.wait()
        return client.exceptions.ConditionalCheckFailedException

    with ThreadPoolExecutor(THREADS) as pool:
        classes = set(pool.map(first_use, range(THREADS)))
    differing += classes != {client.exceptions.from_code("ConditionalCheckFailedException")}

print(f"{THREADS} threads, {ROUNDS} rounds: in {differing} not all had the class that the client raises")
sys.exit(differing == 0)
PYTHON
