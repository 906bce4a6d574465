"""Who may knock at the local cloud."""

from dataclasses import replace
from pathlib import Path

import pytest
from infra.local.request_guard import refuse_stranger, refuse_unsigned
from infra.local.settings import LocalSettings, settings_from
from infra.tools.console import ToolError

SETTINGS = LocalSettings(8080, 4566, Path("/nowhere"))


def refusal(headers: dict[str, str], port: int = 8080, method: str = "GET", query: str = "") -> int | None:
    refused = refuse_stranger(SETTINGS, port, method, query, {"host": f"localhost:{port}"} | headers)
    return refused and refused[0]


@pytest.mark.parametrize("origin", ["http://localhost:8080", "http://127.0.0.1:8080"])
def test_the_gallerys_own_pages_may_call(origin: str) -> None:
    assert refusal({"origin": origin, "sec-fetch-site": "cross-site"}, 4566, "POST") is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
@pytest.mark.parametrize("port", [8080, 4566])
def test_what_is_served_on_the_development_servers_port_may_call_only_where_that_is_said(host: str, port: int) -> None:
    headers = {"host": f"localhost:{port}", "origin": f"http://{host}:5173"}
    let_in = replace(SETTINGS, dev_server=True)
    assert refuse_stranger(SETTINGS, port, "POST", "", headers) is not None
    assert refuse_stranger(let_in, port, "POST", "", headers) is None


@pytest.mark.parametrize(("given", "meant"), [({}, False), ({"DEV_SERVER": "0"}, False), ({"DEV_SERVER": "1"}, True)])
def test_the_development_server_is_let_in_by_a_variable(given: dict[str, str], meant: bool) -> None:
    assert settings_from(given).dev_server is meant


def test_another_value_of_it_is_refused() -> None:
    with pytest.raises(ToolError, match="neither 0 nor 1"):
        settings_from({"DEV_SERVER": "yes"})


@pytest.mark.parametrize(
    "origin", ["null", "", "http://localhost:8081", "https://localhost:8080", "http://evil", "http://localhost:5173"]
)
def test_other_pages_may_not(origin: str) -> None:
    assert refusal({"origin": origin}) == 403


@pytest.mark.parametrize("host", ["localhost:8081", "localhost", "evil:8080", "localhost.evil:8080", "8080", ""])
def test_a_foreign_or_missing_host_is_not_served(host: str) -> None:
    assert refusal({"host": host}) == 421


def test_an_embedded_picture_needs_a_signature_where_its_page_is_another_site() -> None:
    embedded = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert refusal(embedded, 4566) == 403
    assert refusal(embedded, 4566, query="X-Amz-Signature=abc") is None
    assert refusal(embedded | {"sec-fetch-site": "same-site"}, 4566) is None


def test_a_link_leads_to_the_page_but_not_into_the_cloud() -> None:
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert refusal(followed) is None
    assert refusal(followed, 4566) == 403
    assert refusal(followed, method="POST") == 403


@pytest.mark.parametrize(
    ("method", "path", "query", "headers", "served"),
    [
        ("GET", "/bucket/key", "", {}, False),
        ("GET", "/bucket/key", "X-Amz-Signature=abc", {}, True),
        ("POST", "/bucket", "", {"content-type": "multipart/form-data; boundary=x"}, True),
        ("POST", "/", "", {"content-type": "application/x-www-form-urlencoded"}, False),
        ("POST", "/", "", {"authorization": "AWS4-HMAC-SHA256 Credential=x"}, True),
        ("POST", "/", "", {"authorization": "Bearer x"}, False),
        ("POST", "/", "", {"x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth"}, True),
        ("POST", "/", "", {"x-amz-target": "AWSCognitoIdentityProviderService.RespondToAuthChallenge"}, True),
        ("POST", "/elsewhere", "", {"x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth"}, False),
        ("GET", "/", "", {"x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth"}, False),
        ("POST", "/", "", {"x-amz-target": "AWSCognitoIdentityProviderService.AdminAddUserToGroup"}, False),
        ("POST", "/", "", {"x-amz-target": "AWSCognitoIdentityProviderService.UpdateUserAttributes"}, False),
        ("POST", "/", "", {"x-amz-target": "AWSCognitoIdentityProviderService.x.InitiateAuth"}, False),
        ("GET", "//_ministack/health", "", {"authorization": "AWS4-HMAC-SHA256 Credential=x"}, False),
        ("GET", "/pool/.well-known/jwks.json", "", {}, True),
        ("GET", "/_ministack/health", "", {"authorization": "AWS4-HMAC-SHA256 Credential=x"}, False),
        ("GET", "/_ministack/health", "", {"x-local-cloud-key": "secret"}, True),
        ("GET", "/_ministack/health", "", {"x-local-cloud-key": "Secret"}, False),
    ],
)
def test_what_is_neither_signed_nor_served_unsigned_by_aws_is_refused(
    method: str, path: str, query: str, headers: dict[str, str], served: bool
) -> None:
    assert (refuse_unsigned("secret", method, path, query, headers) is None) is served
