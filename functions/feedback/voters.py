"""Who votes, known only as far as it takes to count each of them once.

Nobody's account or address is kept: a vote carries a keyed digest of it together with the query and the picture, so
that the same vote cast again is recognised, and votes of the same person cannot be told from those of many.
"""

import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from gallery import rows
from gallery.access import Caller
from gallery.catalogue import client
from gallery.settings import settings

_MARK_BYTES = 16
_NETWORK_BITS = 64
"""Of an IPv6 address; whoever has one such network can send from any address in it."""
_KEY = rows.key("FEEDBACK", "KEY")


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody, by what tells them from others: an account, or the network they come from."""

    identity: str

    def mark(self, *about: str) -> str:
        """Return what stands for this voter where it is about a query, or about a query and a picture."""
        message = "\0".join((self.identity, *about)).encode()
        return hmac.digest(secret(), message, "sha256")[:_MARK_BYTES].hex()


def voter(caller: Caller, request: APIGatewayProxyEventV2) -> Voter:
    """Return who votes: the account where somebody signed in, else the network that the request came from."""
    return Voter(f"account {caller.sub}" if caller.sub else f"network {_network(_address(request))}")


def _address(request: APIGatewayProxyEventV2) -> str:
    """Return the address of whoever sent a request, as far as it is known from somebody to be trusted.

    API Gateway sees the other end of the connection, which nobody can forge: behind the distribution that is one of
    its own servers, shared by many people. The distribution writes the address at its other end into a header, over
    whatever the sender wrote there. But the API can also be reached past the distribution, where a sender could write
    a new address for each vote. So the header counts only beside the proof that the distribution alone sends along.
    X-Forwarded-For says the same less surely: both let through what the sender put in front.
    """
    headers = request.headers
    proof = settings().origin_proof
    if proof and hmac.compare_digest(headers.get("x-origin-proof", "").encode(), proof.encode()):
        return headers.get("x-viewer-address", "")
    return request.request_context.http.source_ip


def _network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((int(found), _NETWORK_BITS), strict=False))


@cache
def secret() -> bytes:
    """Return this gallery's key for digests, made by whoever needs it first."""
    table = settings().table_name
    with suppress(client().exceptions.ConditionalCheckFailedException):
        client().put_item(
            TableName=table,
            Item={**_KEY, "key": {"B": secrets.token_bytes(32)}},
            ConditionExpression="attribute_not_exists(pk)",
        )
    return bytes(client().get_item(TableName=table, Key=_KEY, ConsistentRead=True)["Item"]["key"]["B"])
