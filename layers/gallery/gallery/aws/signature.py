"""AWS Signature Version 4: of a POST with a JSON body, and of the address of a GET.

Source: AWS Identity and Access Management User Guide, "Create a signed AWS API request"; Amazon S3 API Reference,
"Authenticating Requests: Using Query Parameters".
"""

import hashlib
import hmac
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import quote, urlencode, urlsplit

from gallery.aws.credentials import Keys

_ALGORITHM = "AWS4-HMAC-SHA256"


def signed(
    keys: Keys, region: str, service: str, host: str, headers: dict[str, str], body: bytes, at: datetime | None = None
) -> dict[str, str]:
    """Return the headers of a POST to `/` with its date and signature; `at` is the present moment unless given.

    All of `headers` are signed; their names are in lower case.
    """
    date = _date(at or datetime.now(UTC))
    token = {"x-amz-security-token": keys.token} if keys.token else {}
    dated = {"host": host, **headers, "x-amz-date": date, **token}
    names = ";".join(sorted(dated))
    canonical_headers = "".join(f"{name}:{dated[name].strip()}\n" for name in sorted(dated))
    request = f"POST\n/\n\n{canonical_headers}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    scope = _scope(date, region, service)
    signature = _signature(keys.secret, scope, date, request)
    authorization = f"{_ALGORITHM} Credential={keys.access}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**dated, "authorization": authorization}


def presigned(keys: Keys, region: str, service: str, url: str, seconds: int, at: datetime) -> str:
    """Return an address without a query that a GET may ask for `seconds` from `at` on; its path is quoted already."""
    date, parts = _date(at), urlsplit(url)
    scope = _scope(date, region, service)
    parameters = {
        "X-Amz-Algorithm": _ALGORITHM,
        "X-Amz-Credential": f"{keys.access}/{scope}",
        "X-Amz-Date": date,
        "X-Amz-Expires": str(seconds),
        **({"X-Amz-Security-Token": keys.token} if keys.token else {}),
        "X-Amz-SignedHeaders": "host",
    }
    query = urlencode(parameters, quote_via=quote, safe="")
    request = f"GET\n{parts.path}\n{query}\nhost:{parts.netloc}\n\nhost\nUNSIGNED-PAYLOAD"
    return f"{url}?{query}&X-Amz-Signature={_signature(keys.secret, scope, date, request)}"


def _date(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%SZ}"


def _scope(date: str, region: str, service: str) -> str:
    return f"{date[:8]}/{region}/{service}/aws4_request"


def _signature(secret: str, scope: str, date: str, request: str) -> str:
    """Return the signature of a canonical request, in hexadecimal digits."""
    to_sign = f"{_ALGORITHM}\n{date}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    return _hmac(_signing_key(secret, scope), to_sign).hex()


@lru_cache(maxsize=8)
def _signing_key(secret: str, scope: str) -> bytes:
    """Return the key of a day, region and service, which is the same for all of its requests."""
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = _hmac(key, part)
    return key


def _hmac(key: bytes, message: str) -> bytes:
    return hmac.digest(key, message.encode(), "sha256")
