"""Accounts from the first to the last day: signing up, in and out at the gallery's own pool."""

import json
import re
import secrets
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import httpx
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from infra.local.cloud import Cloud
from infra.local.people import ready_made
from infra.local.settings import LocalSettings
from infra.tools import admin as command
from infra.tools.user_pool import make_admin, new_password
from tests.accounts import Account, account, sign_in
from tests.local_cloud import ROOT, LocalCloud, eventually

pytestmark = pytest.mark.cloud
PASSWORD = "correct Horse 1!"
WELL_KNOWN_CODES = ("123456", "654321")
"""What the emulator mails everybody."""
LACKING = {"length": "Horse 1!abc", "capitals": "correct horse 1!", "small letters": "CORRECT HORSE 1!",
           "digits": "correct Horse !!", "symbols": "correctHorse11"}  # fmt: skip


@dataclass
class Stranger:
    """Somebody with a browser and an address, known to nobody."""

    cloud: LocalCloud
    cognito: Any
    email: str

    def sign_up(self, password: str = PASSWORD) -> None:
        self.cognito.sign_up(ClientId=self.client, Username=self.email, Password=password)

    def confirm(self, code: str) -> None:
        self.cognito.confirm_sign_up(ClientId=self.client, Username=self.email, ConfirmationCode=code)

    def mailed_code(self) -> str:
        """The code of the newest e-mail, as it is shown where the gallery was started."""
        mine = f"An e-mail to {self.email}: "
        assert eventually(lambda: any(line.startswith(mine) for line in self.cloud.said), 60)
        newest = [line for line in self.cloud.said if line.startswith(mine)][-1]
        found = re.search(r"\b\d{6}\b", newest)
        assert found, newest
        return found[0]

    @property
    def client(self) -> str:
        return self.cloud.outputs["UserPoolClientId"]


@pytest.fixture
def stranger(local_cloud: LocalCloud) -> Iterator[Stranger]:
    unsigned = Config(signature_version=UNSIGNED)
    cognito = boto3.client("cognito-idp", "us-east-1", endpoint_url=local_cloud.endpoint, config=unsigned)
    yield Stranger(local_cloud, cognito, f"{secrets.token_hex(8)}@example.org")
    log = (local_cloud.data / "cloud.log").read_text()
    assert not any(secret in log for secret in (PASSWORD, "eyJ"))


def upload(cloud: LocalCloud, token: str) -> int:
    with cloud.http(headers={"authorization": f"Bearer {token}"}) as http:
        picture = {"name": "dog.jpg", "type": "image/jpeg", "size": 1000, "visibility": "private"}
        return http.post("/api/uploads", json={"files": [picture]}).status_code


def test_somebody_signs_up_confirms_the_address_and_is_known_until_the_session_is_revoked(
    local_cloud: LocalCloud, stranger: Stranger
) -> None:
    cognito = stranger.cognito
    stranger.sign_up()
    with pytest.raises(ClientError, match="UserNotConfirmed"):
        sign_in(local_cloud, stranger.email, PASSWORD)
    with pytest.raises(cognito.exceptions.CodeMismatchException):
        stranger.confirm("000000")
    stranger.confirm(stranger.mailed_code())
    with pytest.raises(cognito.exceptions.UsernameExistsException):
        stranger.sign_up()

    tokens = sign_in(local_cloud, stranger.email, PASSWORD)
    assert upload(local_cloud, tokens["AccessToken"]) == 201
    assert upload(local_cloud, tokens["IdToken"]) == 401
    renewed = renew(stranger, tokens["RefreshToken"])
    assert renewed != tokens["AccessToken"]
    assert upload(local_cloud, renewed) == 201
    cognito.revoke_token(Token=tokens["RefreshToken"], ClientId=stranger.client)
    with pytest.raises(cognito.exceptions.NotAuthorizedException):
        renew(stranger, tokens["RefreshToken"])


def renew(person: Stranger, token: str) -> str:
    answer = person.cognito.initiate_auth(
        ClientId=person.client, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters={"REFRESH_TOKEN": token}
    )
    return str(answer["AuthenticationResult"]["AccessToken"])


@pytest.mark.parametrize("password", LACKING.values(), ids=LACKING)
def test_a_password_that_lacks_anything_is_refused(stranger: Stranger, password: str) -> None:
    with pytest.raises(stranger.cognito.exceptions.InvalidPasswordException):
        stranger.sign_up(password)


def test_who_has_an_account_can_not_be_found_out_by_asking_for_a_new_password(stranger: Stranger) -> None:
    answer = stranger.cognito.forgot_password(ClientId=stranger.client, Username="nobody@example.org")
    assert answer["CodeDeliveryDetails"]["DeliveryMedium"] == "EMAIL"
    assert not any("nobody@example.org" in line for line in stranger.cloud.said)


def test_codes_are_random_and_guessing_them_ends_soon(local_cloud: LocalCloud, stranger: Stranger) -> None:
    cognito, of = stranger.cognito, {"ClientId": stranger.client, "Username": stranger.email}
    stranger.sign_up()
    first = stranger.mailed_code()
    for constant in WELL_KNOWN_CODES:
        with pytest.raises(cognito.exceptions.CodeMismatchException):
            stranger.confirm(constant)
    stranger.confirm(first)
    cognito.forgot_password(**of)
    assert eventually(lambda: stranger.mailed_code() != first, 60)
    for guess in (*WELL_KNOWN_CODES, "000000", "000001", "000002"):
        with pytest.raises(cognito.exceptions.CodeMismatchException):
            cognito.confirm_forgot_password(**of, ConfirmationCode=guess, Password="another Horse 1!")
    with pytest.raises(cognito.exceptions.LimitExceededException):
        cognito.confirm_forgot_password(**of, ConfirmationCode=stranger.mailed_code(), Password="another Horse 1!")
    assert sign_in(local_cloud, stranger.email, PASSWORD)


def test_somebody_who_forgot_the_password_chooses_another_by_the_mailed_code(stranger: Stranger) -> None:
    cognito, of = stranger.cognito, {"ClientId": stranger.client, "Username": stranger.email}
    stranger.sign_up()
    confirmation = stranger.mailed_code()
    stranger.confirm(confirmation)
    cognito.forgot_password(**of)
    assert eventually(lambda: stranger.mailed_code() != confirmation, 60)
    cognito.confirm_forgot_password(**of, ConfirmationCode=stranger.mailed_code(), Password="another Horse 1!")
    assert sign_in(stranger.cloud, stranger.email, "another Horse 1!")


@pytest.mark.parametrize("challenge", ["NEW_PASSWORD_REQUIRED", "MFA_SETUP", "SOFTWARE_TOKEN_MFA", "CUSTOM_CHALLENGE"])
def test_who_was_not_asked_gets_nothing_for_an_answer(stranger: Stranger, challenge: str) -> None:
    answers = {"USERNAME": "admin@example.org", "NEW_PASSWORD": PASSWORD, "SOFTWARE_TOKEN_MFA_CODE": "000000"}
    for session in ({}, {"Session": "x" * 44}):
        with pytest.raises(stranger.cognito.exceptions.NotAuthorizedException):
            stranger.cognito.respond_to_auth_challenge(
                ClientId=stranger.client, ChallengeName=challenge, ChallengeResponses=answers, **session
            )
    with pytest.raises(ClientError):
        sign_in(stranger.cloud, "admin@example.org", PASSWORD)


def test_an_invited_person_answers_the_challenge_that_was_set_to_them_alone(stranger: Stranger) -> None:
    cognito, pool = stranger.cloud.client("cognito-idp"), stranger.cloud.outputs["UserPoolId"]
    cognito.admin_create_user(
        UserPoolId=pool, Username=stranger.email, TemporaryPassword="first Horse 12!", MessageAction="SUPPRESS"
    )
    asked = cognito.admin_initiate_auth(
        UserPoolId=pool,
        ClientId=stranger.client,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": stranger.email, "PASSWORD": "first Horse 12!"},
    )

    def answer(username: str) -> Any:  # noqa: ANN401 - a dictionary of boto3's
        return stranger.cognito.respond_to_auth_challenge(
            ClientId=stranger.client,
            ChallengeName=asked["ChallengeName"],
            Session=asked["Session"],
            ChallengeResponses={"USERNAME": username, "NEW_PASSWORD": PASSWORD},
        )

    refused = stranger.cognito.exceptions.NotAuthorizedException  # each client of boto3 has classes of its own
    with pytest.raises(refused):
        answer("admin@example.org")
    assert answer(stranger.email)["AuthenticationResult"]["AccessToken"]
    with pytest.raises(refused):
        answer(stranger.email)
    assert sign_in(stranger.cloud, stranger.email, PASSWORD)


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "AWS4-HMAC-SHA256 nonsense",
        "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=0",
    ],
)
def test_a_member_changes_nothing_that_only_the_pools_owner_may(local_cloud: LocalCloud, signature: str) -> None:
    member, pool = account(local_cloud), local_cloud.outputs["UserPoolId"]
    attributes = [{"Name": "sub", "Value": "x"}, {"Name": "email_verified", "Value": "true"}]
    own = {
        "AccessToken": member.token,
        "UserAttributes": attributes,
        "UserAttributeNames": ["email"],
        "AttributeName": "email",
    }
    admin = {
        "UserPoolId": pool,
        "Username": member.email,
        "GroupName": "admin",
        "Password": PASSWORD,
        "Permanent": True,
    }
    attempts = {
        **dict.fromkeys(("UpdateUserAttributes", "DeleteUserAttributes", "DeleteUser", "GetUser"), own),
        **dict.fromkeys(("GetUserAttributeVerificationCode", "SetUserMFAPreference", "AssociateSoftwareToken"), own),
        **dict.fromkeys(
            ("AdminAddUserToGroup", "AdminSetUserPassword", "AdminConfirmSignUp", "AdminDeleteUser"), admin
        ),
        **dict.fromkeys(("AdminResetUserPassword", "ListUsers", "CreateGroup", "AdminCreateUser"), admin),
    }
    headers = {"content-type": "application/x-amz-json-1.1"} | ({"authorization": signature} if signature else {})
    for action, asked in attempts.items():
        target = {"x-amz-target": f"AWSCognitoIdentityProviderService.{action}"}
        answer = httpx.post(f"{local_cloud.endpoint}/", json=asked, headers=headers | target)
        assert 400 <= answer.status_code <= 403, (action, answer.text)
    known = local_cloud.client("cognito-idp").admin_get_user(UserPoolId=pool, Username=member.email)
    assert {each["Name"]: each["Value"] for each in known["UserAttributes"]}["sub"] != "x"
    assert sign_in(local_cloud, member.email, member.password)


@pytest.mark.parametrize(
    "claim", [("email_verified", "true"), ("sub", "x"), ("email", "admin@example.org"), ("custom:role", "admin")]
)
def test_who_signs_up_says_nothing_but_their_own_address(stranger: Stranger, claim: tuple[str, str]) -> None:
    name, value = claim
    with pytest.raises(stranger.cognito.exceptions.NotAuthorizedException):
        stranger.cognito.sign_up(
            ClientId=stranger.client,
            Username=stranger.email,
            Password=PASSWORD,
            UserAttributes=[{"Name": name, "Value": value}],
        )


def test_the_ready_made_accounts_that_are_shown_at_the_start_work(local_cloud: LocalCloud) -> None:
    shown = dict(re.findall(r"^ {2}(\S+) +password (\S+)$", "\n".join(local_cloud.said), re.MULTILINE))
    assert list(shown) == ["admin@example.org", "member@example.org"]
    for email, status in (("admin@example.org", 200), ("member@example.org", 403)):
        token = sign_in(local_cloud, email, shown[email])["AccessToken"]
        with local_cloud.http(headers={"authorization": f"Bearer {token}"}) as http:
            assert http.get("/api/admin/failures").status_code == status
    assert stat.S_IMODE((local_cloud.data / "people.json").stat().st_mode) == 0o600


def test_the_ready_made_accounts_are_the_same_at_every_start(local_cloud: LocalCloud) -> None:
    cognito, pool = local_cloud.client("cognito-idp"), local_cloud.outputs["UserPoolId"]
    before = json.loads((local_cloud.data / "people.json").read_text())
    cloud = Cloud(LocalSettings(local_cloud.port, local_cloud.cloud_port, local_cloud.data))
    cognito.admin_delete_user(UserPoolId=pool, Username="member@example.org")
    assert ready_made(cloud, pool) == before
    assert all(sign_in(local_cloud, email, password) for email, password in before.items())


def test_an_admin_of_the_running_gallery_is_made_by_one_command(local_cloud: LocalCloud, stranger: Stranger) -> None:
    first, second = ordered(local_cloud, stranger.email), ordered(local_cloud, stranger.email)
    assert re.fullmatch(rf"{stranger.email} is an admin\. Sign in at \S+ with \S+ for a password\.\n", first)
    assert first != second, "a lost password is replaced"
    accept(stranger)
    assert ordered(local_cloud, stranger.email).startswith(f"{stranger.email} is an admin. If they are signed in")
    token = sign_in(local_cloud, stranger.email, PASSWORD)["AccessToken"]
    with local_cloud.http(headers={"authorization": f"Bearer {token}"}) as http:
        assert http.get("/api/admin/failures").status_code == 200


def ordered(cloud: LocalCloud, email: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "infra.tools.admin", "local", email],
        cwd=ROOT, env=cloud.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def accept(person: Stranger) -> None:
    """Follow an invitation: choose a password of one's own."""
    pool = person.cloud.outputs["UserPoolId"]
    person.cloud.client("cognito-idp").admin_set_user_password(
        UserPoolId=pool, Username=person.email, Password=PASSWORD, Permanent=True
    )


def test_an_admin_of_a_deployed_stage_is_invited_by_e_mail_with_the_owners_credentials(
    local_cloud: LocalCloud, stranger: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", local_cloud.endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", local_cloud.key["id"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", local_cloud.key["secret"])
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    said = f"An e-mail is on its way with a password for {local_cloud.outputs['SiteUrl']}."
    assert all(said in command.there("local", stranger.email) for _ in range(2))
    mine = f"An e-mail to {stranger.email}: You are invited to a Neural Gallery. Sign in as {stranger.email} with"
    assert eventually(lambda: sum(line.startswith(mine) for line in local_cloud.said) == 2, 60)


def test_who_is_invited_by_an_admin_is_sent_another_password_until_they_come(
    local_cloud: LocalCloud, admin: Account, stranger: Stranger
) -> None:
    def invited() -> int:
        with local_cloud.http(headers=admin.headers) as http:
            return http.post("/api/admin/people", json={"email": stranger.email}).status_code

    assert [invited(), invited()] == [202, 202]
    mine = f"An e-mail to {stranger.email}: You are invited to a Neural Gallery. Sign in as {stranger.email} with"
    assert eventually(lambda: sum(line.startswith(mine) for line in local_cloud.said) == 2, 60)
    accept(stranger)
    assert invited() == 409
    assert upload(local_cloud, sign_in(local_cloud, stranger.email, PASSWORD)["AccessToken"]) == 201


def test_a_member_becomes_an_admin_however_often_that_is_asked_and_keeps_the_password(stranger: Stranger) -> None:
    cognito, pool = stranger.cloud.client("cognito-idp"), stranger.cloud.outputs["UserPoolId"]
    stranger.sign_up()
    with pytest.raises(ValueError, match="without confirming"):
        make_admin(cognito, pool, stranger.email)  # the address may be somebody else's
    stranger.confirm(stranger.mailed_code())
    assert [make_admin(cognito, pool, stranger.email, new_password()) for _ in range(2)] == [False, False]
    groups = cognito.admin_list_groups_for_user(UserPoolId=pool, Username=stranger.email)["Groups"]
    assert [group["GroupName"] for group in groups] == ["admin"]
    assert sign_in(stranger.cloud, stranger.email, PASSWORD)
