"""The function `erase`: it deletes everything of a person who has left or was deleted."""

from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.constructs.function import PATIENT, GalleryFunction, Runtime, allow_call, allow_loop
from infra.constructs.identity import Identity
from infra.constructs.media import ALBUMS, EVERYTHING, EXPORTS, PARTS, Media
from infra.constructs.table import Table


class Erase(GalleryFunction):
    """It calls itself until nothing is left, which Lambda would stop as a loop if it were not allowed."""

    def __init__(self, scope: Construct, runtime: Runtime, media: Media, table: Table, identity: Identity) -> None:
        settings = runtime.settings
        super().__init__(
            scope,
            "erase",
            handler="people.erase.handler",
            runtime=runtime,
            memory=settings.people_memory,
            timeout=settings.erase_timeout,
            tries=PATIENT,
            environment={**identity.environment, "ERASE_FUNCTION": f"{settings.prefix}-erase"},
            permissions=[
                table.allow("GetItem", "BatchGetItem", "Query"),
                table.allow_writes("erase"),
                media.allow("DeleteObject", *EVERYTHING, EXPORTS, PARTS, ALBUMS),
                media.allow("AbortMultipartUpload", PARTS),
                media.allow_listing([*EVERYTHING, EXPORTS, PARTS]),
                iam.PolicyStatement(
                    actions=[
                        "cognito-idp:AdminDisableUser",
                        "cognito-idp:AdminUserGlobalSignOut",
                        "cognito-idp:AdminDeleteUser",
                    ],
                    resources=[identity.pool.user_pool_arn],
                ),
                allow_call(scope, settings, "erase"),
            ],
        )
        allow_loop(self.function)
