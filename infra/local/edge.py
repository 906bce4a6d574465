"""The gallery's one address: requests are answered as the deployed distribution says, by its own configuration."""

import gzip
import re
from dataclasses import dataclass
from functools import lru_cache
from http.client import responses as reasons
from typing import Any
from urllib.parse import parse_qs, unquote

from ministack import app as ministack
from ministack.core.iam_evaluator import pin_request_origin
from ministack.core.responses import set_request_client_ip, set_request_region
from ministack.services import cloudfront

from infra.local.asgi import Receive, Scope, Send, answer, headers_of, read_body
from infra.local.request_guard import refuse_stranger
from infra.local.settings import HOST, REGION, LocalSettings

EXECUTE_API = re.compile(r"([a-z0-9]+)\.execute-api\.")
LARGEST_BODY = 10 * 1024 * 1024
TOO_LARGE = b'{"type":"about:blank","title":"Content Too Large","status":413,"detail":"The body is larger than 10 MB."}'
"""Said here, since the distribution's own function hears of a body only once it is read."""
COMPRESSED = re.compile(r"text/|application/(json|javascript|manifest\+json|problem\+json)|image/svg\+xml")
SMALLEST_COMPRESSED = 1000


@dataclass(frozen=True)
class Caching:
    """What a behaviour's cache policy lets the distribution do by itself."""

    keeps: bool
    """Whether anything is cached, so that the distribution says "not modified" without asking."""
    compresses: bool
    """Only where the policy has it take objects in gzip, whatever the behaviour says."""


Headers = dict[str, str | list[str]]
Response = tuple[int, Headers, bytes]


class Edge:
    """An ASGI application that stands where the content delivery network stands in the cloud."""

    def __init__(self, settings: LocalSettings) -> None:
        self.settings = settings
        reach_apis_directly()
        know_what_is_compressed()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = headers_of(scope)
        query = scope["query_string"].decode("latin-1")
        refusal = refuse_stranger(self.settings, self.settings.port, scope["method"], query, headers)
        if refusal:
            return await answer(send, refusal[0], {"content-type": "text/plain"}, refusal[1].encode())
        body = await read_body(receive, LARGEST_BODY)
        if body is None:
            return await answer(send, 413, {"content-type": "application/problem+json"}, TOO_LARGE)
        path = _matchable(scope["path"])
        response = await self._ask_distribution(scope, path, query, headers, body)
        status, fields, content = finish(headers, response, caching_of(path))
        # The emulator hands on a function's null body as it is.
        return await answer(send, status, fields, b"" if scope["method"] == "HEAD" else content or b"")

    async def _ask_distribution(
        self, scope: Scope, path: str, query: str, headers: dict[str, str], body: bytes
    ) -> Response:
        distribution = next(iter(cloudfront._distributions.values()), None)
        if distribution is None:
            return 503, {"content-type": "text/plain", "retry-after": "2"}, b"The gallery is still being deployed."
        set_request_region(REGION)
        set_request_client_ip(HOST)
        pin_request_origin(HOST, secure_transport=True)
        shown_headers = headers | {"host": distribution["DomainName"], "x-forwarded-proto": "https"}
        if "origin" in headers:  # one of our own, or it had been refused
            shown_headers["origin"] = f"https://{distribution['DomainName']}"
        parameters = parse_qs(query, keep_blank_values=True)
        raw = _matchable(scope["raw_path"].decode("latin-1"))
        response: Response = await cloudfront.handle_viewer_request(
            distribution, scope["method"], path, raw, query, shown_headers, body, parameters, HOST
        )
        return response


def _matchable(path: str) -> str:
    """Return a path, decoded or not, without line breaks, at which the emulator's patterns end and AWS's don't."""
    return re.sub(r"\n|%0a", lambda match: " " if match[0] == "\n" else "%20", path, flags=re.IGNORECASE)


def caching_of(path: str) -> Caching:
    """Return what the distribution's behaviour for a path does, as its own template says."""
    distribution = next(iter(cloudfront._distributions.values()), None)
    if distribution is None:
        return Caching(keeps=False, compresses=False)
    behavior = cloudfront._match_behavior(cloudfront.parse_distribution_dataplane_config(distribution), path)
    policy_id = behavior["cache_policy_id"]
    policy = (cloudfront._cache_policies.get(policy_id) or cloudfront._MANAGED_CACHE_POLICIES[policy_id])["Config"]
    in_gzip = policy["Parameters"]["EnableAcceptEncodingGzip"]
    return Caching(keeps=int(policy["MaxTTL"]) > 0, compresses=behavior["compresses"] and in_gzip)


def finish(asked: dict[str, str], response: Response, caching: Caching) -> Response:
    """Do what the emulated distribution leaves out and the behaviour's policy asks for: "not modified", and gzip."""
    status, given, body = response
    fields: Headers = {name.lower(): value for name, value in given.items()}
    etag = fields.get("etag")
    if caching.keeps and status == 200 and isinstance(etag, str) and etag in asked.get("if-none-match", "").split(", "):
        return 304, {name: value for name, value in fields.items() if name != "content-length"}, b""
    text = COMPRESSED.match(str(fields.get("content-type", "")))
    if (
        caching.compresses
        and text
        and status == 200
        and len(body) >= SMALLEST_COMPRESSED
        and "content-encoding" not in fields
    ):
        fields["vary"] = "Accept-Encoding"
        if "gzip" in asked.get("accept-encoding", ""):
            body = _compress(body)
            fields |= {"content-encoding": "gzip", "content-length": str(len(body))}
    return status, fields, body


@lru_cache(maxsize=32)
def _compress(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)


def know_what_is_compressed() -> None:
    """Have the emulator keep of a behaviour whether it compresses, which it reads past."""
    read = cloudfront._dataplane_behavior

    def behavior(element: Any, path_pattern: str | None = None) -> dict[str, Any]:  # noqa: ANN401 (as below)
        return {**read(element, path_pattern), "compresses": cloudfront._text(element, "Compress", "false") == "true"}

    cloudfront._dataplane_behavior = behavior


def reach_apis_directly() -> None:
    """Let a distribution reach an HTTP API in the same emulator; it refuses hosts that belong to AWS by name."""
    fetch = cloudfront._fetch_from_origin

    async def fetch_from_origin(origin: dict[str, Any], *request: Any) -> Any:  # noqa: ANN401 (the emulator is untyped)
        api = EXECUTE_API.match(origin["domain_name"])
        return await _call_api(api[1], origin, request) if api else _disposed(await fetch(origin, *request), request[2])

    cloudfront._fetch_from_origin = fetch_from_origin


def _disposed(response: Any, query: str) -> Any:  # noqa: ANN401 (as above)
    """Return a bucket's response saved under a name where the query says so, as S3 does for a signed request."""
    status, reason, headers, content = response
    named = parse_qs(query).get("response-content-disposition")
    if status == 200 and named:
        headers = {**headers, "content-disposition": named[0]}
    return status, reason, headers, content


async def _call_api(api: str, origin: dict[str, Any], request: tuple[Any, ...]) -> Any:  # noqa: ANN401 (as above)
    method, uri, query, headers, body, _, client, forwarded_for, _ = request
    host = f"{api}.execute-api.localhost"
    raw = origin["origin_path"] + uri
    sent = cloudfront._origin_request_headers(origin, headers, client, forwarded_for)
    fields = {name.lower(): value for name, value in sent.items()} | {"host": host}
    status, answered, content = await ministack._handle_execute_api_request(
        host, unquote(raw), method, fields, body, parse_qs(query, keep_blank_values=True), raw, query
    )
    return status, reasons.get(status, ""), cloudfront._multidict_from_pairs(answered.items()), content
