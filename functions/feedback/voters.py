"""Who votes, known only as far as it takes to count each of them once.

A vote carries a keyed digest of its sender together with the query and the picture, so that the same vote cast again is
recognised, and votes of the same person cannot be told from those of many.
"""

from dataclasses import dataclass

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from gallery.api.client_identity import digest, identity, key_at
from gallery.pictures.access import Caller


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody, by what tells them from others: an account, or the network they come from."""

    identity: str

    def mark(self, *about: str) -> str:
        """Return what stands for this voter where it is about a query, or about a query and a picture."""
        return digest(key_at("FEEDBACK", "KEY"), self.identity, *about)


def voter(caller: Caller, request: APIGatewayProxyEventV2) -> Voter:
    """Return who votes: the account where somebody signed in, else the network that the request came from."""
    return Voter(identity(caller, request))
