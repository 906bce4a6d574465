"""Signing in to a Cognito user pool with a password that never leaves this machine.

Secure remote password as in RFC 5054 with the 3072-bit group of RFC 3526, and Cognito's own derivation of the key that
signs the answer (HKDF, RFC 5869, with "Caldera Derived Key").
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

PRIME = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
GENERATOR = 2


def access_token(cognito: "CognitoIdentityProviderClient", pool: str, client: str, username: str, password: str) -> str:
    """Sign in and return an access token.

    Raises:
        RuntimeError: the pool wants more than the password.
    """
    secret = secrets.randbits(1024)
    public = pow(GENERATOR, secret, PRIME)
    challenge = cognito.initiate_auth(
        ClientId=client,
        AuthFlow="USER_SRP_AUTH",
        AuthParameters={"USERNAME": username, "SRP_A": f"{public:x}"},
    )
    asked = challenge["ChallengeParameters"]
    answered = cognito.respond_to_auth_challenge(
        ClientId=client,
        ChallengeName="PASSWORD_VERIFIER",
        ChallengeResponses=_answer(pool.partition("_")[2], asked, password, secret),
    )
    result = answered.get("AuthenticationResult", {})
    if "AccessToken" not in result:
        raise RuntimeError(f"The pool asks for {answered.get('ChallengeName', 'something else')} after the password.")
    return result["AccessToken"]


def _answer(pool: str, asked: Mapping[str, str], password: str, secret: int) -> dict[str, str]:
    user, block = asked["USER_ID_FOR_SRP"], asked["SECRET_BLOCK"]
    key = _key(f"{pool}{user}:{password}", int(asked["SALT"], 16), int(asked["SRP_B"], 16), secret)
    now = datetime.now(UTC)
    moment = f"{now:%a %b} {now.day} {now:%H:%M:%S UTC %Y}"
    signed = pool.encode() + user.encode() + base64.b64decode(block) + moment.encode()
    return {
        "USERNAME": user,
        "PASSWORD_CLAIM_SECRET_BLOCK": block,
        "PASSWORD_CLAIM_SIGNATURE": base64.b64encode(hmac.digest(key, signed, "sha256")).decode(),
        "TIMESTAMP": moment,
    }


def _key(identity: str, salt: int, theirs: int, secret: int) -> bytes:
    """Return the 16 bytes that both sides come to, ours from the password, theirs from what they keep of it."""
    private = _number(_bytes(salt) + hashlib.sha256(identity.encode()).digest())
    both = _number(_bytes(pow(GENERATOR, secret, PRIME)) + _bytes(theirs))
    multiplier = _number(_bytes(PRIME) + _bytes(GENERATOR))
    base = theirs - multiplier * pow(GENERATOR, private, PRIME)
    shared = pow(base, secret + both * private, PRIME)
    extracted = hmac.digest(_bytes(both), _bytes(shared), "sha256")
    return hmac.digest(extracted, b"Caldera Derived Key\x01", "sha256")[:16]


def _number(content: bytes) -> int:
    return int.from_bytes(hashlib.sha256(content).digest(), "big")


def _bytes(number: int) -> bytes:
    """A number as Cognito hashes it: a zero in front where the first bit is set."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")
