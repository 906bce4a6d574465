"""What a stage keeps apart from its stack: table, buckets and user pool, found by their names."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra.settings import Settings
from infra.tools.console import ToolError
from infra.tools.deploy.account import Account
from infra.tools.errors import ignored

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import WaiterConfigTypeDef
    from mypy_boto3_s3 import S3Client

EMPTYINGS = 5
EVERY_TWO_SECONDS: "WaiterConfigTypeDef" = {"Delay": 2, "MaxAttempts": 300}


@dataclass(frozen=True)
class Kept:
    """Names of tables and buckets, ids of user pools."""

    tables: tuple[str, ...]
    buckets: tuple[str, ...]
    pools: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.tables or self.buckets or self.pools)

    def __str__(self) -> str:
        kinds = {"table": self.tables, "bucket": self.buckets, "user pool": self.pools}
        return ", ".join(f"{kind} {name}" for kind, names in kinds.items() for name in names)


def find(account: Account, settings: Settings) -> Kept:
    """Find what of a stage is there. No stage's name begins with another's and a hyphen, since none has a hyphen."""
    own = f"{settings.prefix}-"
    dynamodb: DynamoDBClient = account.client("dynamodb")
    s3: S3Client = account.client("s3")
    cognito: CognitoIdentityProviderClient = account.client("cognito-idp")
    every_pool = cognito.get_paginator("list_user_pools").paginate(PaginationConfig={"PageSize": 60})
    tables = [name for page in dynamodb.get_paginator("list_tables").paginate() for name in page["TableNames"]]
    pools = [pool for page in every_pool for pool in page["UserPools"]]
    buckets = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
    here = f"-{account.number}-{account.region}"
    return Kept(
        tables=tuple(name for name in tables if name.startswith(own)),
        buckets=tuple(name for name in buckets if name.startswith(own) and name.endswith(here)),
        pools=tuple(pool["Id"] for pool in pools if pool.get("Name") == settings.prefix),
    )


def empty(account: Account, bucket: str) -> None:
    """Delete every object of a bucket, older versions too, and what arrives meanwhile.

    Raises:
        ToolError: something may not be deleted.
    """
    versions = account.session.resource("s3", region_name=account.region).Bucket(bucket).object_versions
    while answers := versions.delete():
        refused = [error for answer in answers for error in answer.get("Errors", [])]
        if refused:
            raise ToolError(f"{bucket} could not be emptied: {refused[0].get('Key')}: {refused[0].get('Message')}.")


def delete(account: Account, kept: Kept) -> None:
    """Delete it all for good; what is no longer there is no failure.

    Raises:
        ToolError: a bucket gets new objects again and again.
    """
    for bucket in kept.buckets:
        _delete_bucket(account, bucket)
    for table in kept.tables:
        _delete_table(account.client("dynamodb"), table)
    for pool in kept.pools:
        _delete_pool(account.client("cognito-idp"), pool)


def _delete_bucket(account: Account, bucket: str) -> None:
    """Empty a bucket and delete it; S3 delivers access logs for hours after what they tell of, so perhaps again."""
    for _ in range(EMPTYINGS):
        with ignored("NoSuchBucket"):
            empty(account, bucket)
            with ignored("BucketNotEmpty"):
                account.client("s3").delete_bucket(Bucket=bucket)
                return
            continue
        return
    raise ToolError(f"{bucket} is never empty: something still writes to it. Try again in an hour.")


def _delete_table(dynamodb: "DynamoDBClient", table: str) -> None:
    """Delete a table once its protection is off: DynamoDB refuses that while it is still updating the table."""
    with ignored("ResourceNotFoundException"):
        known = dynamodb.describe_table(TableName=table)["Table"]
        if known["TableStatus"] != "DELETING":
            if known.get("DeletionProtectionEnabled"):
                dynamodb.update_table(TableName=table, DeletionProtectionEnabled=False)
            dynamodb.get_waiter("table_exists").wait(TableName=table, WaiterConfig=EVERY_TWO_SECONDS)
            dynamodb.delete_table(TableName=table)
        dynamodb.get_waiter("table_not_exists").wait(TableName=table, WaiterConfig=EVERY_TWO_SECONDS)


def _delete_pool(cognito: "CognitoIdentityProviderClient", pool: str) -> None:
    with ignored("ResourceNotFoundException"):
        cognito.update_user_pool(UserPoolId=pool, DeletionProtection="INACTIVE")
        cognito.delete_user_pool(UserPoolId=pool)
