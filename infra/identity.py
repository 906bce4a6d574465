"""Who people are: a user pool, the page's client of it and the group of admins."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from infra.settings import Settings

ADMINS = "admin"


class Identity(Construct):
    """The pool that signs access tokens; functions verify them on their own, so that most calls need no account."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, "Identity")
        self.pool = cognito.UserPool(
            self,
            "Pool",
            user_pool_name=settings.prefix,
            feature_plan=cognito.FeaturePlan.ESSENTIALS,
            # Strangers must not spend the owner's money: the owner invites whom the gallery is for.
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            password_policy=cognito.PasswordPolicy(
                min_length=12, require_lowercase=True, require_uppercase=True, require_digits=True, require_symbols=True
            ),
            mfa=cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            deletion_protection=settings.keeps_data,
            removal_policy=RemovalPolicy.RETAIN if settings.keeps_data else RemovalPolicy.DESTROY,
        )
        self.client = self._page_client()
        self.environment = {
            "USER_POOL_ID": self.pool.user_pool_id,
            "USER_POOL_CLIENT_ID": self.client.user_pool_client_id,
            "IDENTITY_BROWSER_ENDPOINT": settings.browser_endpoint,
        }
        cognito.CfnUserPoolGroup(self, "Admins", user_pool_id=self.pool.user_pool_id, group_name=ADMINS)

    def _page_client(self) -> cognito.UserPoolClient:
        return self.pool.add_client(
            "Page",
            # The password never leaves the browser (secure remote password).
            auth_flows=cognito.AuthFlow(user_srp=True),
            disable_o_auth=True,
            generate_secret=False,
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=Duration.hours(1),
            id_token_validity=Duration.hours(1),
            refresh_token_validity=Duration.days(30),
        )
