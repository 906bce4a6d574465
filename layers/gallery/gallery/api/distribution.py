"""Whether a request came through the distribution, which alone knows a secret of the API's.

The API has an address of its own besides. Who reached it there would have walked around whatever stands in front.
"""

import hmac
from collections.abc import Mapping

from gallery.settings import settings


def came_through_distribution(headers: Mapping[str, str]) -> bool:
    """Tell by the header that the distribution writes over whatever was sent; where no secret is set, all do.

    There are two secrets while one takes the other's place. `headers` are those of a request by lower-case name.
    """
    secrets = settings().origin_secrets
    sent = headers.get("x-origin-proof", "").encode()
    return not secrets or any(hmac.compare_digest(sent, secret.encode()) for secret in secrets)
