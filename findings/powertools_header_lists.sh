#!/bin/sh
# aws-lambda-powertools 3.37.0: a header declared as a list is refused when it has one value, behind an HTTP API.
#
# With `enable_validation=True` a route may declare a header as `list[str]`, which a client that repeats or lists values sends.
# The validator splits what came at the commas, and leaves what has none as it is, a str, which is then no list. Behind a REST
# API one value is taken, and two in one line are not split. The parameter is `x_tag: Annotated[list[str], Header()]`:
#
#   x-tag           HTTP API                  REST API
#   one             422 list_type             200 ['one']
#   one,two         200 ['one', 'two']        200 ['one,two']
#   one, two        200 ['one', ' two']       200 ['one, two']
#
# Query parameters declared as a list take one value behind both, since issue 3732; headers do not, and tests with two values
# do not show it. Exits with 1 where that has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'aws-lambda-powertools[parser]==3.37.0'
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json
import sys
from types import SimpleNamespace
from typing import Annotated

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, APIGatewayRestResolver
from aws_lambda_powertools.event_handler.openapi.params import Header

context = SimpleNamespace(function_name="f", memory_limit_in_mb=128, invoked_function_arn="arn", aws_request_id="r")


def http(value):
    request = {"http": {"method": "GET", "path": "/tags"}, "stage": "$default", "requestId": "r"}
    headers = {"x-tag": value}
    return {"version": "2.0", "rawPath": "/tags", "rawQueryString": "", "headers": headers, "requestContext": request}


def rest(value):
    request = {"stage": "live", "path": "/tags", "httpMethod": "GET", "requestId": "r"}
    headers = {"headers": {"x-tag": value}, "multiValueHeaders": {"x-tag": [value]}}
    return {"resource": "/tags", "path": "/tags", "httpMethod": "GET", "requestContext": request, **headers}


def outcome(resolver, event):
    app = resolver(enable_validation=True)

    @app.get("/tags")
    def tags(x_tag: Annotated[list[str], Header()]) -> list[str]:
        return x_tag

    answer = app.resolve(event, context)
    body = json.loads(answer["body"])
    return f"{answer['statusCode']} {body if answer['statusCode'] == 200 else body['detail'][0]['type']}"


known = {
    "one": ("422 list_type", "200 ['one']"),
    "one,two": ("200 ['one', 'two']", "200 ['one,two']"),
    "one, two": ("200 ['one', ' two']", "200 ['one, two']"),
}
outcomes = {
    value: (outcome(APIGatewayHttpResolver, http(value)), outcome(APIGatewayRestResolver, rest(value))) for value in known
}
print("x-tag           HTTP API                  REST API")
for value, (by_http, by_rest) in outcomes.items():
    print(f"{value:15} {by_http:25} {by_rest}")
sys.exit(outcomes != known)
PYTHON
