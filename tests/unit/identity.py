"""A Cognito pool as far as tokens go: a key pair, its public half over HTTP, and tokens of any kind signed with it."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

POOL, CLIENT = "eu-central-1_Test12345", "client123"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Pool:
    """A running pool; `fetched` counts how often its keys were asked for."""

    url: str
    fetched: int = 0

    def token(self, sub: str = "anna", *, groups: list[str] | None = None, **changes: Any) -> str:  # noqa: ANN401
        """Sign a token; `changes` replace claims (None removes one), `key`, `algorithm` and `kid` the way to sign."""
        key, algorithm, kid = (changes.pop(name, default) for name, default in _WAY.items())
        now = int(time.time())
        claims = {
            "sub": sub, "iss": f"https://cognito-idp.eu-central-1.amazonaws.com/{POOL}", "client_id": CLIENT,
            "token_use": "access", "iat": now, "exp": now + 3600, "cognito:groups": groups, **changes,
        }  # fmt: skip
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(kept, key, algorithm=algorithm, headers={"kid": kid})

    def bearer(self, sub: str = "anna", **changes: Any) -> dict[str, str]:  # noqa: ANN401
        return {"authorization": f"Bearer {self.token(sub, **changes)}"}


_WAY: dict[str, Any] = {"key": _KEY, "algorithm": "RS256", "kid": "k1"}


@contextmanager
def running_pool() -> Iterator[Pool]:
    """Serve the pool's public keys on a free port of this machine."""
    key = {**RSAAlgorithm.to_jwk(_KEY.public_key(), as_dict=True), "kid": "k1", "use": "sig", "alg": "RS256"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pool.fetched += 1
            found = self.path == f"/{POOL}/.well-known/jwks.json"
            self.send_response(200 if found else 404)
            self.end_headers()
            self.wfile.write(json.dumps({"keys": [key]}).encode() if found else b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    pool = Pool(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield pool
    finally:
        server.shutdown()
        server.server_close()
