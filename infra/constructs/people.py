"""People: the function behind profiles and who follows whom, and the one that erases what is somebody's."""

from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_

from constructs import Construct
from infra.constructs.api import ERASE, Api
from infra.constructs.function import PATIENT, GalleryFunction, Runtime, allow_call
from infra.constructs.identity import Identity
from infra.constructs.media import EVERYTHING, EXPORTS, Media
from infra.constructs.table import Catalog


class Profiles(Construct):
    """Profiles from everybody; files of everything of one's own the function makes in a call of its own."""

    def __init__(
        self, scope: Construct, runtime: Runtime, media: Media, catalog: Catalog, api: Api, identity: Identity
    ) -> None:
        super().__init__(scope, "Profiles")
        settings = runtime.settings
        eraser = {"ERASE_FUNCTION": f"{settings.prefix}-{ERASE}"}
        self.people = GalleryFunction(
            self,
            "people",
            runtime=runtime,
            memory=settings.people_memory,
            timeout=settings.people_timeout,
            environment={**identity.environment, **eraser},
            permissions=[
                catalog.allow("GetItem", "BatchGetItem", "Query"),
                catalog.allow_writes("people", "PutItem", "UpdateItem", "DeleteItem"),
                media.allow("PutObject", EXPORTS),
                media.allow("GetObject", EXPORTS),
                allow_call(self, settings, "people"),
                allow_call(self, settings, ERASE),
            ],
        )
        self.erase = GalleryFunction(
            self,
            ERASE,
            handler="people.erase.handler",
            runtime=runtime,
            memory=settings.people_memory,
            timeout=settings.erase_timeout,
            tries=PATIENT,
            environment={**identity.environment, **eraser},
            permissions=[
                catalog.allow(
                    "GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"
                ),
                media.allow("DeleteObject", *EVERYTHING, EXPORTS),
                media.allow_listing([*EVERYTHING, EXPORTS]),
                iam.PolicyStatement(
                    actions=[
                        "cognito-idp:AdminDisableUser",
                        "cognito-idp:AdminUserGlobalSignOut",
                        "cognito-idp:AdminDeleteUser",
                    ],
                    resources=[identity.pool.user_pool_arn],
                ),
                allow_call(self, settings, ERASE),
            ],
        )
        self._let_erasing_go_on()
        api.serve(
            self.people,
            "/api/me",
            "/api/me/{proxy+}",
            "/api/users/{proxy+}",
            "/api/suggestions",
        )

    def _let_erasing_go_on(self) -> None:
        """Lambda stops what calls itself over and over, which this does until nothing is left."""
        resource = self.erase.function.node.default_child
        assert isinstance(resource, lambda_.CfnFunction)  # noqa: S101 (tells the type checker what every Function holds)
        resource.recursive_loop = "Allow"
