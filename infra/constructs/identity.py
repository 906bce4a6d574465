"""Who people are: a user pool, the page's client of it and the group of admins."""

from typing import Any

from aws_cdk import Aws, Duration, RemovalPolicy
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.settings import ADMINS, Settings

DAYS_OF_AN_INVITATION = 7


class Identity(Construct):
    """The pool that signs access tokens; functions verify them on their own, so that most calls need no account."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, "Identity")
        self.pool = cognito.UserPool(
            self,
            "Pool",
            user_pool_name=settings.prefix,
            # Threat protection would take the Plus plan, which costs for every active person from the first on.
            feature_plan=cognito.FeaturePlan.ESSENTIALS,
            self_sign_up_enabled=settings.sign_up == "open",
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            # A new address counts once it is confirmed; until then codes still go to the old one.
            keep_original=cognito.KeepOriginalAttrs(email=True),
            email=_sender(settings),
            user_invitation=_invitation(settings),
            user_verification=_code(settings),
            password_policy=cognito.PasswordPolicy(
                min_length=12,
                require_lowercase=True,
                require_uppercase=True,
                require_digits=True,
                require_symbols=True,
                temp_password_validity=Duration.days(DAYS_OF_AN_INVITATION),
            ),
            mfa=cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            deletion_protection=settings.keeps_data,
            removal_policy=RemovalPolicy.RETAIN if settings.keeps_data else RemovalPolicy.DESTROY,
            **_passkeys(settings),
        )
        self.client = self._page_client(settings)
        self.environment = {
            "USER_POOL_ID": self.pool.user_pool_id,
            "USER_POOL_CLIENT_ID": self.client.user_pool_client_id,
            "IDENTITY_BROWSER_ENDPOINT": settings.browser_endpoint,
            "SIGN_UP": settings.sign_up,
            "PASSKEYS": str(settings.passkeys).lower(),
        }
        cognito.CfnUserPoolGroup(self, "Admins", user_pool_id=self.pool.user_pool_id, group_name=ADMINS)

    def allow(self, *actions: str) -> iam.PolicyStatement:
        """Leave to do these things, such as `AdminDisableUser`, with the pool's accounts."""
        return iam.PolicyStatement(
            actions=[f"cognito-idp:{action}" for action in actions], resources=[self.pool.user_pool_arn]
        )

    def _page_client(self, settings: Settings) -> cognito.UserPoolClient:
        return self.pool.add_client(
            "Page",
            # The password never leaves the browser (secure remote password); passkeys need a choice of first factors.
            # Signing in by AWS credentials is for the trial after a deployment: those may set any password anyway.
            auth_flows=cognito.AuthFlow(user_srp=True, user=settings.passkeys, admin_user_password=True),
            disable_o_auth=True,
            generate_secret=False,
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=Duration.hours(1),
            id_token_validity=Duration.hours(1),
            refresh_token_validity=Duration.days(30),
        )


def _passkeys(settings: Settings) -> dict[str, Any]:
    """Passkeys belong to a domain for good, hence to one's own; what CloudFront gives is known only afterwards."""
    if not settings.passkeys:
        return {}
    return {
        "sign_in_policy": cognito.SignInPolicy(
            allowed_first_auth_factors=cognito.AllowedFirstAuthFactors(password=True, passkey=True)
        ),
        "passkey_relying_party_id": settings.domain_name,
        "passkey_user_verification": cognito.PasskeyUserVerification.REQUIRED,
    }


def _sender(settings: Settings) -> cognito.UserPoolEmail | None:
    """What sends the pool's mails where it isn't Cognito itself; a domain is verified, so that any address of it is."""
    if not settings.mail_from:
        return None
    _, _, domain = settings.mail_from.rpartition("@")
    return cognito.UserPoolEmail.with_ses(
        from_email=settings.mail_from, ses_verified_domain=domain, ses_region=Aws.REGION
    )


def _invitation(settings: Settings) -> cognito.UserInvitationConfig:
    return cognito.UserInvitationConfig(
        email_subject=f"An invitation to {_place(settings)}",
        email_body=f"You are invited to {_place(settings)}. Sign in as {{username}} with the password {{####}} "
        f"within {DAYS_OF_AN_INVITATION} days and choose one of your own.",
    )


def _code(settings: Settings) -> cognito.UserVerificationConfig:
    """What brings the code to confirm an address, and likewise the one for a forgotten password."""
    return cognito.UserVerificationConfig(
        email_subject=f"Your code for {_place(settings)}",
        email_body=f"Your code for {_place(settings)} is {{####}}. If you didn't ask for it, ignore this message.",
    )


def _place(settings: Settings) -> str:
    return f"https://{settings.domain_name}" if settings.domain_name else "a Neural Gallery"
