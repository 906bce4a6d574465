"""The whole gallery as one stack, in the order in which a picture meets its parts."""

from pathlib import Path

from aws_cdk import CfnOutput, DefaultStackSynthesizer, Duration, Stack
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra import assets
from infra.constructs.acknowledgments import acknowledge
from infra.constructs.admin import Admin
from infra.constructs.alarms import Alarms
from infra.constructs.albums import Albums
from infra.constructs.api import Api
from infra.constructs.brake import Brake
from infra.constructs.caption import Caption
from infra.constructs.classify import Classify
from infra.constructs.counter import Counter
from infra.constructs.dashboard import Dashboard
from infra.constructs.describe import Describe
from infra.constructs.embed import Embed
from infra.constructs.erase import Erase
from infra.constructs.export import Export
from infra.constructs.feedback import Feedback
from infra.constructs.function import Runtime, shared_layers
from infra.constructs.identity import Identity
from infra.constructs.images import Images
from infra.constructs.media import LockedBucket, Media
from infra.constructs.mosaic import Mosaic
from infra.constructs.people import People
from infra.constructs.posts import Posts
from infra.constructs.queues import Queues
from infra.constructs.search import Search
from infra.constructs.site import Site
from infra.constructs.sweep import Sweep
from infra.constructs.table import Table
from infra.settings import Settings, product_version, stack_name


class GalleryStack(Stack):
    """One stage of the gallery."""

    def __init__(self, scope: Construct, settings: Settings, build: Path) -> None:
        # The CDK's repository of images is shared; by their tags those of the stage are known.
        tagged = DefaultStackSynthesizer(docker_tag_prefix=f"{settings.prefix}-")
        super().__init__(scope, stack_name(settings.stage), description="Neural Gallery", synthesizer=tagged)
        access_log = self._access_log(settings)
        media = Media(self, settings, access_log)
        table = Table(self, settings)
        runtime = Runtime(
            settings=settings,
            build=build,
            layers=shared_layers(self, settings, build),
            environment=_environment(settings, media, table),
        )
        queues = Queues(self, settings, media)
        caption = Caption(runtime, media, table, queues)
        identity = Identity(self, settings)
        api = Api(self, settings, identity)
        images = Images(api, runtime, media, table, identity)
        admin = Admin(api, runtime, media, table, queues, identity)
        search = Search(self, runtime, media, table, api, identity)
        embed = Embed(self, runtime, table)
        feedback = Feedback(self, runtime, media, table, api, identity)
        profiles = Construct(self, "Profiles")
        people = People(profiles, runtime, media, table, api, identity)
        erase = Erase(profiles, runtime, media, table, identity)
        export = Export(profiles, runtime, media, table)
        counter = Counter(self, runtime, api, identity)
        classify = Classify(self, runtime, caption, table, api, identity)
        mosaic = Mosaic(self, runtime, media, table)
        sources = caption.sources
        if settings.llm:
            describe = Describe(self, runtime, media, table, queues, settings.llm)
            sources = [*sources, *describe.sources]
            self._tell(DescribeFunctionName=describe.function.function_name)
        brake = Brake(self, runtime, table, queues, sources, caption.recaptions)
        site = Site(self, settings, media, api, access_log)
        images.function.add_environment("SITE_URL", site.url)
        posts = Posts(self, runtime, media, table, api, identity, site.url)
        albums = Albums(self, runtime, media, table, api, identity, site)
        sweep = Sweep(self, runtime, media, table, queues, identity)
        alarms = Alarms(self, settings, queues, api, brake)
        dashboard = Dashboard(self, settings, media, table, queues, api, alarms)
        acknowledge(self, media)
        self._tell(
            SiteUrl=site.url,
            SiteBucketName=site.bucket.bucket_name,
            DistributionId=site.distribution.distribution_id,
            ApiId=api.http.api_id,
            UserPoolId=identity.pool.user_pool_id,
            UserPoolClientId=identity.client.user_pool_client_id,
            MediaBucketName=media.bucket.bucket_name,
            TableName=table.name,
            CaptionQueueUrl=queues.pictures.queue_url,
            DeadLettersUrl=queues.dead_letters.queue_url,
            ImagesFunctionName=images.function.function_name,
            CaptionFunctionName=caption.function.function_name,
            ClassifyFunctionName=classify.function.function_name,
            AdminFunctionName=admin.function.function_name,
            SearchFunctionName=search.function.function_name,
            EmbedFunctionName=embed.function.function_name,
            PostsFunctionName=posts.function.function_name,
            AlbumsFunctionName=albums.function.function_name,
            FeedbackFunctionName=feedback.function.function_name,
            PeopleFunctionName=people.function.function_name,
            EraseFunctionName=erase.function.function_name,
            ExportFunctionName=export.function.function_name,
            CounterFunctionName=counter.function.function_name,
            MosaicFunctionName=mosaic.function.function_name,
            OriginSecretGeneration=str(settings.origin_secret_sent),
            BrakeFunctionName=brake.function.function_name,
            SpendingTopicArn=brake.topic.topic_arn,
            AlarmsTopicArn=alarms.topic.topic_arn,
            DashboardName=dashboard.name,
            SweepFunctionName=sweep.function.function_name,
        )

    def _access_log(self, settings: Settings) -> s3.Bucket:
        """Buckets' own logs, with visitors' addresses beside the ids of pictures, are kept for a month at the most."""
        kept = Duration.days(min(settings.log_retention_days, 30))
        forgotten = s3.LifecycleRule(id="forgotten", expiration=kept)
        return LockedBucket(self, "access-log", settings, lifecycle_rules=[forgotten])

    def _tell(self, **values: str) -> None:
        for name, value in values.items():
            CfnOutput(self, name, value=value)


def _environment(settings: Settings, media: Media, table: Table) -> dict[str, str]:
    return {
        "TABLE_NAME": table.name,
        "MEDIA_BUCKET": media.bucket.bucket_name,
        "ACCESS_MODE": settings.access_mode,
        "DEMO_ONLY": str(settings.demo_only).lower(),
        "DEFAULT_VISIBILITY": settings.default_visibility,
        "ORIGINALS_DOWNLOADABLE": str(settings.originals_downloadable).lower(),
        # Without a policy of its own the distribution would not hear under which name to save a file.
        **({} if settings.own_cache_policy else {"DOWNLOADS_FROM_SITE": "false"}),
        "S3_BROWSER_ENDPOINT": settings.browser_endpoint,
        "MODEL_NAME": assets.model_name(in_image=settings.caption_image),
        "GALLERY_VERSION": product_version(),
        "POWERTOOLS_METRICS_NAMESPACE": settings.namespace,
        "LOG_LEVEL": settings.log_level,
    }
