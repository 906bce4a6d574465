"""Who sends a request, known only as far as it takes to tell them from others.

Nobody's account or address is kept: what is stored is a keyed digest, of no use without the key.
"""

import hmac
import secrets
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from gallery.api.distribution import came_through_distribution
from gallery.aws import table
from gallery.pictures.access import Caller
from gallery.settings import settings

_DIGEST_BYTES = 16
_KEY_BYTES = 32
_NETWORK_BITS = 64
"""Of an IPv6 address; whoever has one such network can send from any address in it."""


def identity(caller: Caller, request: APIGatewayProxyEventV2) -> str:
    """Return what tells a sender from others: the account where somebody signed in, else the network they come from."""
    return f"account {caller.sub}" if caller.sub else f"network {_network(_address(request))}"


def digest(key: bytes, *what: str) -> str:
    """Return what stands for some words to those who hold the key, in hexadecimal digits."""
    return hmac.digest(key, "\0".join(what).encode(), "sha256")[:_DIGEST_BYTES].hex()


@cache
def key_at(pk: str, sk: str) -> bytes:
    """Return the key for digests that a row holds, made by whoever needs it first."""
    row = table.update(
        table.key(pk, sk),
        UpdateExpression="SET #key = if_not_exists(#key, :new)",
        ExpressionAttributeNames={"#key": "key"},
        ExpressionAttributeValues={":new": secrets.token_bytes(_KEY_BYTES)},
    )
    return bytes(row["key"])


def _address(request: APIGatewayProxyEventV2) -> str:
    """Return the address of whoever sent a request, as far as it is known from somebody to be trusted.

    API Gateway sees the other end of the connection, which nobody can forge: behind the distribution that is one of
    its own servers, shared by many people. The distribution writes the address at its other end into a header, over
    whatever the sender wrote there. Past the distribution a sender could write a new address for each request, so the
    header counts only beside the secret that the distribution alone sends along. X-Forwarded-For says the same less
    surely: both let through what the sender put in front.
    """
    if settings().origin_secrets and came_through_distribution(request.headers):
        return request.headers.get("x-viewer-address", "")
    return request.request_context.http.source_ip


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((int(parsed), _NETWORK_BITS), strict=False))
