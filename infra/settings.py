"""What may differ between the stages of the gallery, typed, in one place; infra/stages has the values of each."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parent.parent
PRODUCT = "neural-gallery"
ADMINS = "admin"
"""The group of people who may do everything."""


@dataclass(frozen=True, kw_only=True)
class Llm:
    """A language model that writes a second sentence about each picture; see docs/sentences.md."""

    provider: Literal["bedrock", "openai"]
    model: str
    # Of an endpoint that speaks OpenAI's chat completions, such as https://llm.example.org/v1; Bedrock has its own.
    endpoint: str = ""
    # Name of the secret in Secrets Manager that holds the endpoint's key; none where it wants none.
    key_secret: str = ""
    timeout: int = 30
    # Prices in dollars per million tokens, and what may be spent on all pictures of a day (UTC).
    input_dollars: float
    output_dollars: float
    dollars_a_day: float
    at_once: int = 2


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One stage of the gallery. Memory is in MB, times are in seconds unless the name says otherwise."""

    stage: str

    access_mode: Literal["open", "members"] = "members"
    # Who gets an account: whoever an admin invites by e-mail, anybody with an address, or nobody new. Strangers must
    # not spend the owner's money unless the owner says so.
    sign_up: Literal["invite", "open", "closed"] = "invite"
    # Of what a member uploads without saying who may see it; what nobody owns is public.
    default_visibility: Literal["public", "private"] = "public"
    originals_downloadable: bool = False
    demo_only: bool = False

    architecture: Literal["x86_64", "arm64"] = "x86_64"
    # Functions behind the API start from a snapshot of their memory (not those in container images, which can't). Costs
    # $0.0054 an hour for each GB of theirs, used or not, and $0.00014 a GB for each start: with the defaults below
    # some $20 a month, to save a second now and then.
    snap_start: bool = False
    log_level: str = "INFO"
    images_memory: int = 1024
    images_timeout: int = 15
    admin_timeout: int = 300  # for walks over all pictures; callers of the API never wait that long
    caption_memory: int = 1769  # exactly one processor
    caption_timeout: int = 60
    captioner_concurrency: int = 20
    classify_timeout: int = 25  # the API itself waits no longer than 30
    # Reserved for demo mode and its upper bound. A new account may run 10 functions at once in all and can't reserve
    # any, hence None, which leaves the bound to the API's throttle; 10 is a good number once the quota is higher.
    classify_concurrency: int | None = None
    search_memory: int = 1769
    search_timeout: int = 15
    embed_timeout: int = 60
    # The table's vector index, which finds what was written by its meaning; lists take its place where a region has
    # none. See docs/deploying.md before it is added to a table that holds pictures.
    vector_index: bool = True
    sweep_memory: int = 512
    sweep_timeout: int = 300
    sweep_every_minutes: int = 1440
    # All objects are compared with all rows so often, which is most of what sweeping costs; 0 for in each sweep.
    compare_every_days: int = 7
    # What a killed process left public of a hidden or deleted picture is gone after so long, and what it takes to end;
    # what the captioner gave up on without a word is in the list of failures by then.
    look_every_minutes: int = 10
    # An original this old whose picture has no caption gets another chance.
    stuck_seconds: int = 900

    albums_memory: int = 512
    albums_timeout: int = 300  # for taking pictures out of albums that are gone; callers of the API never wait so long
    posts_memory: int = 1024
    posts_timeout: int = 15
    feedback_memory: int = 512
    feedback_timeout: int = 300  # for tables of all votes; callers of the API never wait that long
    brake_memory: int = 256
    brake_timeout: int = 30
    people_memory: int = 512
    people_timeout: int = 300  # for files of everything of somebody's; likewise
    erase_timeout: int = 300
    export_memory: int = 1024  # of which it needs a third; with more come more processor and network
    export_timeout: int = 900
    counter_memory: int = 256
    counter_timeout: int = 15

    mosaic_memory: int = 1769
    mosaic_timeout: int = 60
    # Mosaics made at once, by leases in the table, so that nothing has to be reserved; who asks for more is to come
    # again in a few seconds (503). At most so many times what one costs in a second; None for any number.
    max_concurrent_mosaics: int | None = 4

    # What one person may have in an hour of the clock; None for any number. Admins always may have any.
    uploads_per_hour: int | None = 500
    # How large a picture's file may be; at most 200.
    max_upload_mb: int = 200
    trials_per_hour: int | None = 60
    mosaics_per_hour: int | None = 30
    # Tries at captioning in a day (UTC) after which captioning stops until an admin lets it go on: about $0.70.
    captions_a_day: int = 10_000
    # The same for an hour of the clock; where it is None, a quarter of a day's.
    captions_per_hour: int | None = None

    # Sentences by a language model; none unless one is named.
    llm: Llm | None = None
    describe_memory: int = 512

    # The sender of invitations and codes, such as gallery@example.org; Amazon SES has to know its domain in the stage's
    # region. Without one Cognito sends them itself, 50 a day at the most.
    mail_from: str = ""

    # Who gets alarms by e-mail, after having confirmed it once; nobody where it is empty.
    alarms_email: str = ""
    # What the whole account may cost in a month, in dollars: at 80 % the owner is told, at 100 % captioning stops.
    monthly_budget: float | None = None
    # Above these an alarm is raised: seconds that the oldest picture waits, answers 5xx in five minutes, milliseconds
    # that all but one answer in a hundred stay below, and calls that Lambda put off in five minutes.
    alarm_waiting_seconds: int = 900
    alarm_server_errors: int = 5
    alarm_latency_ms: int = 5000
    alarm_throttles: int = 10

    requests_per_second: int = 100
    request_burst: int = 200
    log_retention_days: Literal[7, 30, 90] = 90

    domain_name: str = ""
    # Of an ACM certificate in us-east-1, which is where CloudFront looks for it; a domain without one gets one made.
    certificate_arn: str = ""
    # A firewall before everything, for $8 a month and $0.60 per million requests; or the web ACL that there is already.
    firewall: bool = False
    web_acl_arn: str = ""
    # One of CloudFront's flat-rate plans, none where it is empty: $0, $15, $200 or $1000 a month for all that visitors
    # load, the firewall included, which each of them has to have. A paid one begins once its owner has approved it.
    cdn_plan: Literal["", "FREE", "PRO", "BUSINESS", "PREMIUM"] = ""
    # One more gives the distribution another secret to prove itself with to the API, without a gap in between.
    origin_secret_generation: int = 0
    # The generation that the distribution sends; the one before while `make deploy` lets functions know the next.
    origin_secret_generation_sent: int | None = None
    price_class: Literal["PRICE_CLASS_100", "PRICE_CLASS_200", "PRICE_CLASS_ALL"] = "PRICE_CLASS_100"

    # True where losing the data would hurt: buckets and table outlive the stack.
    keeps_data: bool = True
    # The caption function as a container image, which compiles its own model; otherwise as a zip file like the others.
    caption_image: bool = True
    # Third-party packages travel as a layer; otherwise the functions' environment already has them.
    packages_layer: bool = True
    # The S3 host that browsers see where it isn't Amazon's own, such as http://localhost:4566.
    browser_endpoint: str = ""
    # The address people open where it is neither `domain_name` nor the distribution's, such as http://localhost:8080.
    site_url: str = ""

    @property
    def prefix(self) -> str:
        """Beginning of every physical name."""
        return f"{PRODUCT}-{self.stage}"

    @property
    def namespace(self) -> str:
        """Where CloudWatch keeps what the stage's functions measure themselves."""
        return stack_name(self.stage)

    @property
    def passkeys(self) -> bool:
        """Whether people can sign in without a password."""
        return bool(self.domain_name)

    @property
    def most_captions_per_hour(self) -> int:
        """Tries at captioning in an hour after which it stops."""
        return self.captions_a_day // 4 if self.captions_per_hour is None else self.captions_per_hour

    @property
    def caption_limits(self) -> dict[str, str]:
        """What functions are told of both; nothing on a laptop, where nobody is charged for captions."""
        limits = {"CAPTIONS_A_DAY": self.captions_a_day, "CAPTIONS_PER_HOUR": self.most_captions_per_hour}
        return {name: "" if self.browser_endpoint else str(most) for name, most in limits.items()}

    @property
    def origin_secret_sent(self) -> int:
        """The generation of the secret that the distribution sends."""
        sent = self.origin_secret_generation_sent
        return self.origin_secret_generation if sent is None else sent

    @property
    def makes_certificate(self) -> bool:
        """Whether the stage needs a certificate that there is not yet."""
        return bool(self.domain_name) and not self.certificate_arn

    @property
    def makes_firewall(self) -> bool:
        """Whether the stage wants a firewall, or needs one for its plan, that there is not yet."""
        return (self.firewall or bool(self.cdn_plan)) and not self.web_acl_arn

    @property
    def own_cache_policy(self) -> bool:
        """Whether the distribution may cache by a policy of the gallery's own; the small plans have Amazon's alone."""
        return self.cdn_plan not in {"FREE", "PRO"}


def stack_name(stage: str) -> str:
    """Name of a stage's CloudFormation stack."""
    return f"NeuralGallery-{stage}"


def edge_stack_name(stage: str) -> str:
    """Name of the template of what the stage's distribution needs in us-east-1; its stack has the region's besides."""
    return stack_name(f"{stage}-edge")


def product_version() -> str:
    """The version that pyproject.toml states."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return str(project["version"])
