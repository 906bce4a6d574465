"""One address for everything: the page, the API and the public renditions behind one distribution."""

from collections.abc import Sequence
from pathlib import Path

from aws_cdk import Annotations, Aws, Duration
from aws_cdk import aws_certificatemanager as certificates
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_iam as iam
from aws_cdk import aws_pricingplanmanager as plans
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.api import Api
from infra.constructs.media import DOWNLOADS, PUBLIC_DOWNLOADS, RENDITIONS, LockedBucket, Media
from infra.settings import Settings

# How long a deleted or hidden picture may still be seen, in seconds.
SHARED_CACHE = 300
VIEWER_REQUEST = Path(__file__).with_name("viewer_request.js")
# Nothing in a picture may run or load anything, whatever it pretends to be.
PICTURE_POLICY = "default-src 'none'; sandbox"
NO_FEATURES = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"

NO_REFERRER = cloudfront.HeadersReferrerPolicy.NO_REFERRER

AtTheEdge = Sequence[cloudfront.FunctionAssociation]


class Site(Construct):
    """The site bucket and the distribution.

    `/api/*`, `/s/*`, `/a/*` → API, `/media/*`, `/downloads/*` → media, all else → the page.
    """

    def __init__(self, scope: Construct, settings: Settings, media: Media, api: Api, access_log: s3.IBucket) -> None:
        super().__init__(scope, "Site")
        self.settings = settings
        self.bucket = LockedBucket(self, "site", settings, access_log=access_log)
        self.distribution = self._distribution(media, api)
        self._let_the_distribution_read_renditions(media)
        self._subscribe()
        host = settings.domain_name or self.distribution.distribution_domain_name
        self.url = settings.site_url or f"https://{host}"

    def _distribution(self, media: Media, api: Api) -> cloudfront.Distribution:
        domain, certificate = self.settings.domain_name, self._certificate()
        if domain and not certificate:
            # Without it the command line of the CDK would take the domain away, and the firewall with it.
            Annotations.of(self).add_error(f"There is no certificate for {domain} yet; `make deploy` makes one first.")
        page_headers = self._headers("page", page_policy(media, self.settings), "same-origin")
        at_the_edge = self._at_the_edge()
        origin = _origin(api)
        calls = _calls(origin, page_headers, at_the_edge)
        link_headers = self._headers("links", page_policy(media, self.settings), "same-origin", NO_REFERRER)
        secrets = _calls(origin, link_headers, at_the_edge)
        pictures = self._pictures(media, at_the_edge)
        return cloudfront.Distribution(
            self,
            "Distribution",
            comment=self.settings.prefix,
            default_root_object="index.html",
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021 if certificate else None,
            price_class=cloudfront.PriceClass[self.settings.price_class],
            domain_names=[domain] if domain and certificate else None,
            certificate=certificate,
            web_acl_id=self.settings.web_acl_arn or None,
            default_behavior=self._page(page_headers, at_the_edge),
            additional_behaviors={
                "/api/*": calls,
                # Links that chat programs preview, which run no scripts: the API makes their pages. No other site may
                # hear of them, since whoever has one may follow it.
                "/s/*": secrets,
                "/a/*": secrets,
                f"/{RENDITIONS}*": pictures,
                f"/{DOWNLOADS}*": pictures,
            },
        )

    def _certificate(self) -> certificates.ICertificate | None:
        arn = self.settings.certificate_arn
        return certificates.Certificate.from_certificate_arn(self, "Certificate", arn) if arn else None

    def _page(self, headers: cloudfront.ResponseHeadersPolicy, at_the_edge: AtTheEdge) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=origins.S3BucketOrigin.with_origin_access_control(
                self.bucket,
                origin_id="page",
                origin_access_control=self._access("page"),
                # With listing allowed, a missing file is "not found" rather than "forbidden".
                origin_access_levels=[cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST],
            ),
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            response_headers_policy=headers,
            function_associations=at_the_edge,
        )

    def _pictures(self, media: Media, at_the_edge: AtTheEdge) -> cloudfront.BehaviorOptions:
        # By hand, since the origin that the page has would let the distribution read the whole bucket.
        origin = origins.S3BucketOrigin.with_bucket_defaults(
            media.bucket,
            origin_id="pictures",
            origin_access_control_id=self._access("pictures").origin_access_control_id,
        )
        return cloudfront.BehaviorOptions(
            origin=origin,
            # By Amazon's, each object is cached for as long as it says itself, and no query is handed on.
            cache_policy=self._short_cache()
            if self.settings.own_cache_policy
            else cloudfront.CachePolicy.CACHING_OPTIMIZED_FOR_UNCOMPRESSED_OBJECTS,
            compress=False,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            response_headers_policy=self._headers("pictures", PICTURE_POLICY, "cross-origin"),
            function_associations=at_the_edge,
        )

    def _subscribe(self) -> None:
        """Have the distribution on a flat-rate plan, where the stage names one."""
        settings = self.settings
        if not settings.cdn_plan:
            return
        if not settings.web_acl_arn:
            Annotations.of(self).add_error("A plan of CloudFront's needs a firewall; `make deploy` makes it first.")
            return
        plans.CfnSubscription(
            self,
            "Plan",
            plan_family="CloudFront",
            plan_tier=settings.cdn_plan,
            resource_arns=[self.distribution.distribution_arn, settings.web_acl_arn],
        )

    def _name(self, part: str) -> str:
        # CloudFront's names belong to the account, whatever the region of the stack.
        return f"{self.settings.prefix}-{part}-{Aws.REGION}"

    def _access(self, part: str) -> cloudfront.S3OriginAccessControl:
        return cloudfront.S3OriginAccessControl(
            self, f"{part.title()}Access", origin_access_control_name=self._name(part)
        )

    def _at_the_edge(self) -> AtTheEdge:
        function = cloudfront.Function(
            self,
            "ViewerRequest",
            function_name=self._name("viewer-request"),
            comment="Strips trailing slashes and answers the page's own addresses with the page",
            code=cloudfront.FunctionCode.from_file(file_path=str(VIEWER_REQUEST)),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        event = cloudfront.FunctionEventType.VIEWER_REQUEST
        return [cloudfront.FunctionAssociation(function=function, event_type=event)]

    def _short_cache(self) -> cloudfront.CachePolicy:
        limit = Duration.seconds(SHARED_CACHE)
        return cloudfront.CachePolicy(
            self,
            "ShortCache",
            cache_policy_name=self._name("pictures"),
            # Under which name to save a picture; what else is in a query S3 never hears of.
            query_string_behavior=cloudfront.CacheQueryStringBehavior.allow_list("response-content-disposition"),
            min_ttl=Duration.seconds(0),
            default_ttl=limit,
            max_ttl=limit,
        )

    def _headers(
        self,
        part: str,
        content_security_policy: str,
        for_pages_of: str,
        referrer: cloudfront.HeadersReferrerPolicy = cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
    ) -> cloudfront.ResponseHeadersPolicy:
        """Headers of one kind of answer; `for_pages_of` is who may embed it: "same-origin" or "cross-origin"."""
        others = {
            "permissions-policy": NO_FEATURES,
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": for_pages_of,
        }
        return cloudfront.ResponseHeadersPolicy(
            self,
            f"{part.title()}Headers",
            response_headers_policy_name=self._name(part),
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=content_security_policy, override=True
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                frame_options=cloudfront.ResponseHeadersFrameOptions(
                    frame_option=cloudfront.HeadersFrameOption.DENY, override=True
                ),
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(referrer_policy=referrer, override=True),
                # Of this host alone: browsers would hold every other one of the owner's domain to it for two years.
                strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                    access_control_max_age=Duration.days(730), include_subdomains=False, override=True
                ),
            ),
            custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
                custom_headers=[
                    cloudfront.ResponseCustomHeader(header=name, value=value, override=True)
                    for name, value in others.items()
                ]
            ),
        )

    def _let_the_distribution_read_renditions(self, media: Media) -> None:
        """And files to save of public pictures, nothing else of the bucket.

        S3 says 404 of a missing object, not 403, to whoever may list.

        No request for a list comes through: a behaviour of the distribution asks for one object, whose key begins with
        what the behaviour's path does.
        """
        reader = iam.ServicePrincipal("cloudfront.amazonaws.com")
        of_this_distribution = {"StringEquals": {"AWS:SourceArn": self.distribution.distribution_arn}}
        for action, resources in {
            "s3:GetObject": [media.bucket.arn_for_objects(f"{name}*") for name in (RENDITIONS, PUBLIC_DOWNLOADS)],
            "s3:ListBucket": [media.bucket.bucket_arn],
        }.items():
            media.bucket.add_to_resource_policy(
                iam.PolicyStatement(
                    actions=[action], principals=[reader], resources=resources, conditions=of_this_distribution
                )
            )


def page_policy(media: Media, settings: Settings) -> str:
    """The page's content security policy: its own code only; pictures at the S3 host, sign-in at the pool's."""
    buckets_hosts = (media.bucket.bucket_regional_domain_name, media.bucket.bucket_domain_name)
    s3_hosts = settings.browser_endpoint or " ".join(f"https://{host}" for host in buckets_hosts)
    identity_host = settings.browser_endpoint or f"https://cognito-idp.{Aws.REGION}.{Aws.URL_SUFFIX}"
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob: {s3_hosts}",
            f"connect-src 'self' {s3_hosts} {identity_host}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _origin(api: Api) -> cloudfront.IOrigin:
    return origins.HttpOrigin(
        f"{api.http.api_id}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}",
        origin_id="api",
        custom_headers={"x-origin-proof": api.origin_secret},
    )


def _calls(
    origin: cloudfront.IOrigin, headers: cloudfront.ResponseHeadersPolicy, at_the_edge: AtTheEdge
) -> cloudfront.BehaviorOptions:
    return cloudfront.BehaviorOptions(
        origin=origin,
        allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
        cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
        # The API answers to its own host name only.
        origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
        response_headers_policy=headers,
        function_associations=at_the_edge,
    )
