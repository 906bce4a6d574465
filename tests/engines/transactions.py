"""Transactions in front of a DynamoDB that has none, such as dynalite: one request after the other.

An HTTP server hands on whatever it gets. `TransactWriteItems` it makes of single writes, under a lock that all requests
take, so that nobody sees a part; where one action fails, what the others wrote is put back. `TransactGetItems` is
single reads under the same lock. Its limits: one process, no conflicts between transactions, no capacity units, and
whoever kills it within a transaction keeps a part.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

JSON = dict[str, Any]
Answer = tuple[int, JSON]

_ACTIONS = {"Put": "PutItem", "Delete": "DeleteItem", "Update": "UpdateItem", "ConditionCheck": "UpdateItem"}
"""Which single write stands for an action; an update without an expression checks its condition."""
_ALONE = {"ReturnValuesOnConditionCheckFailure"}
_MOST = 100
_TOKEN_SECONDS = 600
_NAMESPACE = "com.amazonaws.dynamodb.v20120810#"


@dataclass
class Transactions:
    """The transactions of the engine at an address."""

    endpoint: str
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _keys: dict[str, list[str]] = field(default_factory=dict)
    """Table → names of its key's attributes."""
    _tokens: dict[str, tuple[float, JSON]] = field(default_factory=dict)

    def answer(self, operation: str, asked: JSON) -> Answer:
        """Do what a request asks for; return the status and body of its answer."""
        with self._lock:
            match operation:
                case "TransactWriteItems":
                    return self._write_all(asked)
                case "TransactGetItems":
                    return self._get_all(asked)
            return self._ask(operation, asked)

    def _ask(self, operation: str, asked: JSON) -> Answer:
        headers = {"content-type": "application/x-amz-json-1.0", "x-amz-target": f"DynamoDB_20120810.{operation}"}
        # The engine wants a signature and checks none.
        headers["authorization"] = (
            "AWS4-HMAC-SHA256 Credential=a/b/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=c"
        )
        headers["x-amz-date"] = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        request = Request(self.endpoint, json.dumps(asked).encode(), headers)  # noqa: S310 - ours
        try:
            with urlopen(request, timeout=60) as answer:  # noqa: S310
                return answer.status, json.loads(answer.read() or b"{}")
        except HTTPError as error:
            return error.code, json.loads(error.read() or b"{}")

    def _write_all(self, asked: JSON) -> Answer:
        token, body = asked.pop("ClientRequestToken", None), json.loads(json.dumps(asked))
        if refusal := self._repeated(token, body):
            return refusal
        actions = [next(iter(action.items())) for action in asked["TransactItems"]]
        keys = [self._key_of(action) for _, action in actions]
        if len(actions) > _MOST or len({json.dumps(key, sort_keys=True) for key in keys}) < len(keys):
            return _error("ValidationException", "Transaction request cannot include multiple operations on one item")
        before = [self._item(key) for key in keys]
        reasons = [self._write(kind, action) for kind, action in actions]
        failed = any(reason["Code"] != "None" for reason in reasons)
        for (kind, _), key, item, reason in zip(actions, keys, before, reasons, strict=True):
            if reason["Code"] == "None" and (failed or kind == "ConditionCheck"):
                self._put_back(key, item)
        if failed:
            codes = ", ".join(reason["Code"] for reason in reasons)
            message = f"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]"
            return _error("TransactionCanceledException", message, CancellationReasons=reasons)
        if token:
            self._tokens[token] = (time.monotonic(), body)
        return HTTPStatus.OK, {}

    def _repeated(self, token: str | None, body: JSON) -> Answer | None:
        """Answer a request that comes again with its token: with nothing new, or for another body an error."""
        at, former = self._tokens.get(token or "", (0.0, None))
        if former is None or time.monotonic() - at > _TOKEN_SECONDS:
            return None
        if former != body:
            return _error("IdempotentParameterMismatchException", "The token was used with other parameters")
        return HTTPStatus.OK, {}

    def _write(self, kind: str, action: JSON) -> JSON:
        """Do an action; return why it failed, as transactions tell it."""
        plain = {name: value for name, value in action.items() if name not in _ALONE}
        status, answer = self._ask(_ACTIONS[kind], plain)
        if status == HTTPStatus.OK:
            return {"Code": "None"}
        if not answer["__type"].endswith("ConditionalCheckFailedException"):
            return {"Code": "ValidationError", "Message": answer.get("message", "")}
        reason = {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed"}
        if action.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD":
            item = self._item(self._key_of(action))
            return {**reason, "Item": item[1]} if item[1] else reason
        return reason

    def _put_back(self, key: tuple[str, JSON], item: tuple[str, JSON | None]) -> None:
        table, former = item
        if former is None:
            self._ask("DeleteItem", {"TableName": table, "Key": key[1]})
        else:
            self._ask("PutItem", {"TableName": table, "Item": former})

    def _item(self, key: tuple[str, JSON]) -> tuple[str, JSON | None]:
        _, answer = self._ask("GetItem", {"TableName": key[0], "Key": key[1], "ConsistentRead": True})
        return key[0], answer.get("Item")

    def _key_of(self, action: JSON) -> tuple[str, JSON]:
        table = action["TableName"]
        if "Key" in action:
            return table, action["Key"]
        if table not in self._keys:
            _, answer = self._ask("DescribeTable", {"TableName": table})
            self._keys[table] = [part["AttributeName"] for part in answer["Table"]["KeySchema"]]
        return table, {name: action["Item"][name] for name in self._keys[table]}

    def _get_all(self, asked: JSON) -> Answer:
        answers = [self._ask("GetItem", action["Get"] | {"ConsistentRead": True}) for action in asked["TransactItems"]]
        return HTTPStatus.OK, {
            "Responses": [{"Item": answer["Item"]} if "Item" in answer else {} for _, answer in answers]
        }


def _error(kind: str, message: str, **more: Any) -> Answer:  # noqa: ANN401 - JSON
    return HTTPStatus.BAD_REQUEST, {"__type": f"{_NAMESPACE}{kind}", "message": message, "Message": message, **more}


@contextmanager
def with_transactions(endpoint: str) -> Iterator[str]:
    """Stand in front of an engine for as long as the block takes; the address to ask instead."""
    transactions = Transactions(endpoint)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])) or b"{}")
            status, answer = transactions.answer(self.headers["x-amz-target"].rpartition(".")[2], body)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-type", "application/x-amz-json-1.0")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
