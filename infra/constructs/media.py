"""The media bucket: what is sent, originals, renditions and the records that are the truth about each picture."""

from collections.abc import Sequence

from aws_cdk import Aws, Duration, RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.settings import Settings

INCOMING, ORIGINALS, RENDITIONS, PRIVATE, RECORDS = "incoming/", "originals/", "media/", "private/", "records/"
DOWNLOADS = "downloads/"
PUBLIC_DOWNLOADS = "downloads/*/public-"
"""Files that others save of public pictures, by their names."""
EVERYTHING = (INCOMING, ORIGINALS, RENDITIONS, PRIVATE, RECORDS, DOWNLOADS)
EXPORTS, PARTS, ALBUMS = "exports/", "parts/", "albums/"
MOSAICS = ("media/*-mosaic-", "private/*-mosaic-")


class LockedBucket(s3.Bucket):
    """A bucket that nobody outside reads, over TLS only, encrypted, its objects owned by the account."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        settings: Settings,
        *,
        access_log: s3.IBucket | None = None,
        cors: Sequence[s3.CorsRule] | None = None,
        lifecycle_rules: Sequence[s3.LifecycleRule] | None = None,
    ) -> None:
        super().__init__(
            scope,
            f"{name.title().replace('-', '')}Bucket",
            bucket_name=f"{settings.prefix}-{name}-{Aws.ACCOUNT_ID}-{Aws.REGION}",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            server_access_logs_bucket=access_log,
            server_access_logs_prefix=f"{name}/" if access_log else None,
            cors=cors,
            lifecycle_rules=lifecycle_rules,
            removal_policy=RemovalPolicy.RETAIN if settings.keeps_data else RemovalPolicy.DESTROY,
        )


class Media(Construct):
    """The bucket that everything begins and ends in."""

    def __init__(self, scope: Construct, settings: Settings, access_log: s3.IBucket) -> None:
        super().__init__(scope, "Media")
        any_site = s3.CorsRule(
            allowed_methods=[s3.HttpMethods.POST, s3.HttpMethods.GET, s3.HttpMethods.HEAD],
            # The signed form is the control; naming the site would tie a knot between bucket and distribution.
            allowed_origins=["*"],
            allowed_headers=["*"],
            exposed_headers=["ETag"],
            max_age=3600,
        )
        abandoned = s3.LifecycleRule(id="abandoned-uploads", abort_incomplete_multipart_upload_after=Duration.days(1))
        # None for what was sent: it waits while captioning is paused, and the sweeper deletes what nobody waits for.
        # Files made for somebody to fetch; another is made whenever one is asked for.
        fetched = s3.LifecycleRule(id="fetched-exports", prefix=EXPORTS, expiration=Duration.days(1))
        # A week is promised, from when the last of them is whole.
        parted = s3.LifecycleRule(id="exported-originals", prefix=PARTS, expiration=Duration.days(8))
        saved = s3.LifecycleRule(id="saved-downloads", prefix=DOWNLOADS, expiration=Duration.days(7))
        self.bucket = LockedBucket(
            self,
            "media",
            settings,
            access_log=access_log,
            cors=[any_site],
            lifecycle_rules=[abandoned, fetched, parted, saved],
        )

    def announce_arrivals(self, queue: sqs.Queue) -> None:
        """Put an event on the queue for whatever is sent with an upload form, and let only this bucket do so."""
        stack = Stack.of(self)
        queue.add_to_resource_policy(
            iam.PolicyStatement(
                actions=["sqs:SendMessage"],
                principals=[iam.ServicePrincipal("s3.amazonaws.com")],
                resources=[queue.queue_arn],
                conditions={
                    "ArnEquals": {"aws:SourceArn": self._arn_by_name()},
                    "StringEquals": {"aws:SourceAccount": stack.account},
                },
            )
        )
        bucket = self.resource
        key = s3.CfnBucket.S3KeyFilterProperty(rules=[s3.CfnBucket.FilterRuleProperty(name="prefix", value=INCOMING)])
        bucket.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
            queue_configurations=[
                s3.CfnBucket.QueueConfigurationProperty(
                    event="s3:ObjectCreated:*",
                    queue=queue.queue_arn,
                    filter=s3.CfnBucket.NotificationFilterProperty(s3_key=key),
                )
            ]
        )
        # S3 tries the queue when it is told of it, so the queue's policy has to stand first.
        bucket.node.add_dependency(queue.node.find_child("Policy"))

    def allow(self, action: str, *prefixes: str) -> iam.PolicyStatement:
        """Leave to do one thing, such as `GetObject`, with objects below these prefixes."""
        resources = [self.bucket.arn_for_objects(f"{prefix}*") for prefix in prefixes]
        return iam.PolicyStatement(actions=[f"s3:{action}"], resources=resources)

    def allow_listing(self, prefixes: Sequence[str]) -> iam.PolicyStatement:
        """Leave to list below these prefixes, and to hear "no such object" instead of "forbidden"."""
        return iam.PolicyStatement(
            actions=["s3:ListBucket"],
            resources=[self.bucket.bucket_arn],
            # Reading a missing object asks for this permission without a prefix.
            conditions={"StringLikeIfExists": {"s3:prefix": [f"{prefix}*" for prefix in prefixes]}},
        )

    def _arn_by_name(self) -> str:
        name = self.resource.bucket_name
        return Stack.of(self).format_arn(service="s3", region="", account="", resource=str(name))

    @property
    def resource(self) -> s3.CfnBucket:
        """The bucket as the template states it."""
        resource = self.bucket.node.default_child
        assert isinstance(resource, s3.CfnBucket)  # noqa: S101 (tells the type checker what every Bucket holds)
        return resource
