"""The pool of people, as each choice of a stage makes it."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from aws_cdk import App, Stack
from aws_cdk.assertions import Template
from infra.constructs.identity import Identity
from infra.settings import Settings
from infra.stages import STAGES
from tests.infrastructure.conftest import Synthesized, synthesized
from tests.infrastructure.policies import policy_of
from tests.least_privilege.rights import rights_in

PROD = STAGES["prod"]
OWN_DOMAIN = replace(PROD, domain_name="pictures.example.org")


def made(settings: Settings) -> tuple[dict[str, Any], dict[str, Any], dict[str, str]]:
    """The pool's properties, its client's, and what functions are told."""
    stack = Stack(App(), "People")
    identity = Identity(stack, settings)
    template = Template.from_stack(stack)
    (pool,) = template.find_resources("AWS::Cognito::UserPool").values()
    (client,) = template.find_resources("AWS::Cognito::UserPoolClient").values()
    return dict(pool), client["Properties"], identity.environment


@pytest.mark.parametrize(("sign_up", "by_admins_alone"), [("invite", True), ("open", False), ("closed", True)])
def test_strangers_make_themselves_accounts_only_where_sign_up_is_open(
    sign_up: Literal["invite", "open", "closed"], by_admins_alone: bool
) -> None:
    pool, _, told = made(replace(PROD, sign_up=sign_up))
    assert pool["Properties"]["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is by_admins_alone
    assert told["SIGN_UP"] == sign_up


@pytest.mark.parametrize(("sign_up", "invited"), [("invite", True), ("closed", False)])
def test_admins_invite_people_unless_nobody_new_is_taken(
    tmp_path: Path, sign_up: Literal["invite", "closed"], invited: bool
) -> None:
    policy = policy_of(synthesized(replace(STAGES["local"], sign_up=sign_up), tmp_path), "admin")
    assert ("cognito-idp:AdminCreateUser" in policy) is invited
    assert "cognito-idp:AdminDisableUser" in policy


def test_an_address_counts_once_it_is_confirmed() -> None:
    pool = made(PROD)[0]["Properties"]
    assert pool["AutoVerifiedAttributes"] == ["email"]
    assert pool["UserAttributeUpdateSettings"] == {"AttributesRequireVerificationBeforeUpdate": ["email"]}


@pytest.mark.parametrize(("keeps_data", "protected", "policy"), [(True, "ACTIVE", "Retain"), (False, "INACTIVE", None)])
def test_people_outlive_the_stack_where_losing_them_would_hurt(
    keeps_data: bool, protected: str, policy: str | None
) -> None:
    pool, _, _ = made(replace(PROD, keeps_data=keeps_data))
    assert pool["Properties"]["DeletionProtection"] == protected
    assert pool["DeletionPolicy"] == (policy or "Delete")


def test_passkeys_belong_to_the_gallerys_own_domain() -> None:
    pool, client, told = made(OWN_DOMAIN)
    assert pool["Properties"]["WebAuthnRelyingPartyID"] == "pictures.example.org"
    assert pool["Properties"]["WebAuthnUserVerification"] == "required"
    assert pool["Properties"]["Policies"]["SignInPolicy"] == {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}
    assert "ALLOW_USER_AUTH" in client["ExplicitAuthFlows"]
    assert told["PASSKEYS"] == "true"


def test_there_are_no_passkeys_without_a_domain_of_ones_own() -> None:
    pool, client, told = made(PROD)
    assert not [name for name in pool["Properties"] if "WebAuthn" in name]
    assert "SignInPolicy" not in pool["Properties"]["Policies"]
    assert "ALLOW_USER_AUTH" not in client["ExplicitAuthFlows"]
    assert told["PASSKEYS"] == "false"


def test_an_invitation_says_where_to_sign_in_as_whom_and_with_what() -> None:
    message = made(OWN_DOMAIN)[0]["Properties"]["AdminCreateUserConfig"]["InviteMessageTemplate"]["EmailMessage"]
    assert all(word in message for word in ("https://pictures.example.org", "{username}", "{####}"))


def test_mails_are_sent_by_ses_where_the_stage_names_a_sender() -> None:
    """Cognito itself sends 50 a day, and from an address of Amazon's."""
    assert "EmailConfiguration" not in made(PROD)[0]["Properties"]
    sender = made(replace(PROD, mail_from="gallery@example.org"))[0]["Properties"]["EmailConfiguration"]
    assert (sender["EmailSendingAccount"], sender["From"]) == ("DEVELOPER", "gallery@example.org")
    assert str(sender["SourceArn"]).endswith(":identity/example.org']]}")


def test_the_sweeper_may_delete_accounts_only_where_people_sign_up_by_themselves(
    cloud: Synthesized, local: Synthesized
) -> None:
    def cognito(found: Synthesized) -> set[str]:
        roles = found.resources("AWS::IAM::Role")
        return {each.action for each in rights_in(roles, "sweep") if each.action.startswith("cognito-idp:")}

    assert cognito(cloud) == set()
    assert cognito(local) == {"cognito-idp:ListUsers", "cognito-idp:AdminGetUser", "cognito-idp:AdminDeleteUser"}
