"""Who may knock at the local cloud's two ports: this machine's programs and the gallery's own page, nobody else's."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from infra.local.settings import HOST, LocalSettings

Headers = Mapping[str, str]
Refusal = tuple[int, str]

INTERNAL = ("/_local-cloud", "/_ministack", "/_localstack", "/health", "/latest/", "/v2/credentials", "/v2/metadata")
KEY_HEADER = "x-local-cloud-key"
FOR_THE_PAGE = frozenset(
    {
        "CompleteWebAuthnRegistration", "ConfirmForgotPassword", "ConfirmSignUp", "DeleteWebAuthnCredential",
        "ForgotPassword", "GetTokensFromRefreshToken", "InitiateAuth", "ListWebAuthnCredentials",
        "ResendConfirmationCode", "RespondToAuthChallenge", "RevokeToken", "SignUp", "StartWebAuthnRegistration",
    }
)  # fmt: skip
"""The calls without a key that the page makes; the pool has more, such as changing an account's attributes."""
PAGES_TARGETS = frozenset(f"AWSCognitoIdentityProviderService.{action}" for action in FOR_THE_PAGE)
SNAPSHOT_PATH = "/_local-cloud/snapshot"


def refuse_stranger(settings: LocalSettings, port: int, method: str, query: str, headers: Headers) -> Refusal | None:
    """Refuse what another site's page could send through a browser on this machine.

    Other names for this address (DNS rebinding) fall by their Host header, other sites' scripts and forms by Origin,
    and what carries no Origin (pictures, links) by Sec-Fetch-Site, unless a link leads to a page or is signed.
    """
    if not _is_local(headers.get("host", ""), port):
        return 421, "This host is not served here."
    origin = headers.get("origin")
    if origin is not None:
        return None if origin in settings.origins else (403, "This origin may not call the local cloud.")
    if headers.get("sec-fetch-site") != "cross-site" or _is_signed_link(query):
        return None
    followed = method == "GET" and headers.get("sec-fetch-mode") == "navigate" and port == settings.port
    return None if followed else (403, "Another site may not call the local cloud.")


def refuse_unsigned(secret: str, method: str, path: str, query: str, headers: Headers) -> Refusal | None:
    """Refuse what AWS would not serve unsigned or the page does not need, and the emulator's own pages without the key.

    Signatures, tokens and what each of them may do are the emulator's to check.
    """
    if f"/{path.lstrip('/')}".startswith(INTERNAL):
        return None if headers.get(KEY_HEADER) == secret else (403, "This needs the key of the local cloud.")
    if headers.get("authorization", "").startswith("AWS4-HMAC-SHA256 ") or _is_signed_link(query):
        return None
    form = method == "POST" and headers.get("content-type", "").startswith("multipart/form-data")
    sign_in = method == "POST" and path == "/" and headers.get("x-amz-target") in PAGES_TARGETS
    api_call = path.startswith("/_aws/execute-api/")
    if form or sign_in or api_call or method == "OPTIONS" or "/.well-known/" in path:
        return None
    return 403, "This request is not signed."


def _is_local(host: str, port: int) -> bool:
    name, _, given = host.lower().rpartition(":")
    return given == str(port) and (name in ("localhost", HOST) or name.endswith(".localhost"))


def _is_signed_link(query: str) -> bool:
    return "X-Amz-Signature" in parse_qs(query)
