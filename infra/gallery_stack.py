"""The whole gallery as one stack, in the order in which a picture meets its parts."""

from pathlib import Path

from aws_cdk import CfnOutput, Duration, Stack
from aws_cdk import aws_s3 as s3

from constructs import Construct
from infra import assets
from infra.constructs.acknowledgments import acknowledge
from infra.constructs.alarms import Watching
from infra.constructs.api import Api
from infra.constructs.brake import Brake
from infra.constructs.classify import Demo
from infra.constructs.dashboard import Dashboard
from infra.constructs.describe import Describing
from infra.constructs.feedback import Counter, Feedback
from infra.constructs.function import Runtime, shared_layers
from infra.constructs.identity import Identity
from infra.constructs.media import LockedBucket, Media
from infra.constructs.mosaic import Mosaic
from infra.constructs.people import Profiles
from infra.constructs.posts import Posts
from infra.constructs.queues import Captioning
from infra.constructs.search import Search
from infra.constructs.site import Site
from infra.constructs.sweep import Operations
from infra.constructs.table import Catalog
from infra.settings import Settings, product_version, stack_name


class GalleryStack(Stack):
    """One stage of the gallery."""

    def __init__(self, scope: Construct, settings: Settings, build: Path) -> None:
        super().__init__(scope, stack_name(settings.stage), description="Neural Gallery")
        access_log = self._access_log(settings)
        media = Media(self, settings, access_log)
        catalog = Catalog(self, settings)
        runtime = Runtime(
            settings=settings,
            build=build,
            layers=shared_layers(self, settings, build),
            environment=_environment(settings, media, catalog),
        )
        captioning = Captioning(self, runtime, media, catalog)
        identity = Identity(self, settings)
        api = Api(self, runtime, media, catalog, captioning, identity)
        search = Search(self, runtime, media, catalog, api, identity)
        feedback = Feedback(self, runtime, media, catalog, api, identity)
        profiles = Profiles(self, runtime, media, catalog, api, identity)
        counter = Counter(self, runtime, api, identity)
        demo = Demo(self, runtime, catalog, api, identity)
        mosaic = Mosaic(self, runtime, media, catalog)
        if settings.llm and captioning.sentences:
            describing = Describing(self, runtime, media, catalog, captioning, settings.llm, captioning.sentences)
            self._tell(DescribeFunctionName=describing.describe.function.function_name)
        brake = Brake(self, runtime, catalog, captioning)
        site = Site(self, settings, media, api, access_log)
        posts = Posts(self, runtime, media, catalog, api, identity, site.url)
        operations = Operations(self, runtime, media, catalog, captioning, identity)
        watching = Watching(self, settings, captioning, api, brake)
        dashboard = Dashboard(self, settings, media, catalog, captioning, api, watching)
        acknowledge(self, media)
        self._tell(
            SiteUrl=site.url,
            SiteBucketName=site.bucket.bucket_name,
            DistributionId=site.distribution.distribution_id,
            ApiId=api.http.api_id,
            UserPoolId=identity.pool.user_pool_id,
            UserPoolClientId=identity.client.user_pool_client_id,
            MediaBucketName=media.bucket.bucket_name,
            TableName=catalog.table.table_name,
            CaptionQueueUrl=captioning.queue.queue_url,
            DeadLettersUrl=captioning.dead_letters.queue_url,
            ImagesFunctionName=api.images.function.function_name,
            CaptionFunctionName=captioning.caption.function.function_name,
            ClassifyFunctionName=demo.classify.function.function_name,
            AdminFunctionName=api.admin.function.function_name,
            SearchFunctionName=search.search.function.function_name,
            PostsFunctionName=posts.posts.function.function_name,
            FeedbackFunctionName=feedback.feedback.function.function_name,
            PeopleFunctionName=profiles.people.function.function_name,
            EraseFunctionName=profiles.erase.function.function_name,
            CounterFunctionName=counter.counter.function.function_name,
            DeadLettersFunctionName=captioning.keep_dead_letters.function.function_name,
            MosaicFunctionName=mosaic.mosaic.function.function_name,
            BrakeFunctionName=brake.brake.function.function_name,
            SpendingTopicArn=brake.topic.topic_arn,
            AlarmsTopicArn=watching.topic.topic_arn,
            DashboardName=dashboard.name,
            SweepFunctionName=operations.sweep.function.function_name,
        )

    def _access_log(self, settings: Settings) -> s3.Bucket:
        forgotten = s3.LifecycleRule(id="forgotten", expiration=Duration.days(settings.log_retention_days))
        return LockedBucket(self, "access-log", settings, lifecycle_rules=[forgotten])

    def _tell(self, **values: str) -> None:
        for name, value in values.items():
            CfnOutput(self, name, value=value)


def _environment(settings: Settings, media: Media, catalog: Catalog) -> dict[str, str]:
    return {
        "TABLE_NAME": catalog.table.table_name,
        "MEDIA_BUCKET": media.bucket.bucket_name,
        "ACCESS_MODE": settings.access_mode,
        "DEMO_ONLY": str(settings.demo_only).lower(),
        "DEFAULT_VISIBILITY": settings.default_visibility,
        "ORIGINALS_DOWNLOADABLE": str(settings.originals_downloadable).lower(),
        "S3_BROWSER_ENDPOINT": settings.browser_endpoint,
        "MODEL_NAME": assets.model_name(in_image=settings.caption_image),
        "GALLERY_VERSION": product_version(),
        "POWERTOOLS_METRICS_NAMESPACE": settings.namespace,
        "LOG_LEVEL": settings.log_level,
    }
