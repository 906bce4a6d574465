"""The catalogue: one table that projects what the media bucket's records say."""

from collections.abc import Sequence

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.constructs.writes import WRITES
from infra.settings import Settings

RANKING = "ranking"
VECTORS, AUDIENCE = "vectors", "audience"
"""The vector index and its HASH part, as gallery.pictures.vectors has them."""
PEOPLE = "PERSON#*"
"""Everybody's profile; whatever changes something looks there whether the sender is blocked."""

WRITING = ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem")


class Table(Construct):
    """The table; its rows' keys are the functions' business."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, "Catalog")
        self.table = dynamodb.TableV2(
            self,
            "Table",
            table_name=f"{settings.prefix}-catalog",
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="sk", type=dynamodb.AttributeType.STRING),
            # Sparse: whatever has a rank in some list is in it, such as queries by their votes.
            global_secondary_indexes=[
                dynamodb.GlobalSecondaryIndexPropsV2(
                    index_name=RANKING,
                    partition_key=dynamodb.Attribute(name="ranking", type=dynamodb.AttributeType.STRING),
                    sort_key=dynamodb.Attribute(name="rank", type=dynamodb.AttributeType.NUMBER),
                )
            ],
            billing=dynamodb.Billing.on_demand(),
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            time_to_live_attribute="expires_at",
            deletion_protection=settings.keeps_data,
            removal_policy=RemovalPolicy.RETAIN if settings.keeps_data else RemovalPolicy.DESTROY,
        )

        self.vector_index = settings.vector_index
        if self.vector_index:
            self._add_vector_index()

    def _add_vector_index(self) -> None:
        """Of all that has a vector, by audience; TableV2 knows no such indexes yet, its resource does."""
        resource = self.table.node.default_child
        assert isinstance(resource, dynamodb.CfnGlobalTable)  # noqa: S101 (tells the type checker what TableV2 makes)
        names = {"pk": "S", "sk": "S", "ranking": "S", "rank": "N", AUDIENCE: "S"}
        resource.attribute_definitions = [
            dynamodb.CfnGlobalTable.AttributeDefinitionProperty(attribute_name=name, attribute_type=kind)
            for name, kind in names.items()
        ]
        part = dynamodb.CfnGlobalTable.SearchSchemaElementProperty(
            attribute_name=AUDIENCE, search_schema_element_type="HASH"
        )
        resource.vector_indexes = [
            dynamodb.CfnGlobalTable.VectorIndexProperty(
                index_name=VECTORS,
                vector_attribute=dynamodb.CfnGlobalTable.VectorAttributeProperty(attribute_name="vector"),
                dimensions=384,
                distance_function="COSINE",
                search_schema=[part],
                projection=dynamodb.CfnGlobalTable.ProjectionProperty(
                    projection_type="INCLUDE", non_key_attributes=["text"]
                ),
            )
        ]

    @property
    def name(self) -> str:
        """The physical name, as functions call it."""
        return self.table.table_name

    def allow(self, *actions: str) -> iam.PolicyStatement:
        """Leave to do these things, such as `GetItem`, with rows of the table."""
        return iam.PolicyStatement(
            actions=[f"dynamodb:{action}" for action in actions], resources=[self.table.table_arn]
        )

    def allow_rows(self, partition: str, *actions: str) -> iam.PolicyStatement:
        """Leave to do these things with the rows of a partition alone, or of those whose names begin so (`LIMIT#*`)."""
        return self._allow_some([partition], actions)

    def allow_writes(self, function: str, *actions: str) -> iam.PolicyStatement:
        """Leave to write the rows of the partitions that a function writes, see writes.py, in any or these ways."""
        return self._allow_some(sorted(WRITES[function]), actions or WRITING)

    def _allow_some(self, partitions: Sequence[str], actions: Sequence[str]) -> iam.PolicyStatement:
        statement = self.allow(*actions)
        statement.add_condition("ForAllValues:StringLike", {"dynamodb:LeadingKeys": list(partitions)})
        return statement

    def allow_index(self, name: str) -> iam.PolicyStatement:
        """Leave to list the rows of an index."""
        return iam.PolicyStatement(actions=["dynamodb:Query"], resources=[f"{self.table.table_arn}/index/{name}"])

    def search_vectors(self) -> list[iam.PolicyStatement]:
        """Leave to search the vector index, where there is one.

        In a statement without conditions: what others ask for, such as `LeadingKeys`, is absent from such a request.
        """
        if not self.vector_index:
            return []
        resource = f"{self.table.table_arn}/index/{VECTORS}"
        return [iam.PolicyStatement(actions=["dynamodb:SearchVectors"], resources=[resource])]
