"""What the gallery relies on DynamoDB for, each as a function that fails where an engine does otherwise.

Each gets a client and the name of an empty table of the gallery's own keys. Its docstring is what docs/engines.md says.
"""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from gallery.aws.errors import code_of
from gallery.aws.items import encode

Client = Any
Assumption = Callable[[Client, str], None]


def key(pk: str = "P", sk: str = "a") -> Any:  # noqa: ANN401 - DynamoDB's own
    return encode({"pk": pk, "sk": sk})


def row(sk: str = "a", pk: str = "P", **values: Any) -> Any:  # noqa: ANN401 - likewise
    return encode({"pk": pk, "sk": sk, **values})


def refusal(act: Callable[[], object]) -> str:
    """Why something is refused; empty where it is not."""
    try:
        act()
    except ClientError as error:
        return code_of(error)
    return ""


def response_of(act: Callable[[], object]) -> Any:  # noqa: ANN401 - likewise
    """With what something is refused; empty where it is not."""
    try:
        act()
    except ClientError as error:
        return error.response
    return {}


def put(client: Client, table: str, *rows: Any) -> None:  # noqa: ANN401 - likewise
    for item in rows:
        client.put_item(TableName=table, Item=item)


def find(client: Client, table: str, sk: str = "a") -> Any:  # noqa: ANN401 - likewise
    return client.get_item(TableName=table, Key=key(sk=sk), ConsistentRead=True).get("Item")


def query(client: Client, table: str, **how: Any) -> Any:  # noqa: ANN401 - likewise
    values = {":pk": {"S": "P"}} | how.pop("values", {})
    condition = " AND ".join(["pk = :pk", *([how.pop("condition")] if "condition" in how else [])])
    return client.query(TableName=table, KeyConditionExpression=condition, ExpressionAttributeValues=values, **how)


def sort_keys(answer: Any) -> list[str]:  # noqa: ANN401 - likewise
    return [item["sk"]["S"] for item in answer["Items"]]


def a_condition_that_fails_changes_nothing(client: Client, table: str) -> None:
    """A write whose condition fails changes nothing and is refused as ConditionalCheckFailedException."""
    put(client, table, row(n=1))
    again = {"TableName": table, "Item": row(n=2), "ConditionExpression": "attribute_not_exists(pk)"}
    assert refusal(lambda: client.put_item(**again)) == "ConditionalCheckFailedException"
    assert find(client, table) == row(n=1)


def an_update_makes_the_row_that_is_missing(client: Client, table: str) -> None:
    """ADD to a row that is not there makes it; `if_not_exists` keeps what is."""
    for name in ("first", "second"):
        client.update_item(
            TableName=table,
            Key=key(),
            UpdateExpression="SET label = if_not_exists(label, :label) ADD n :one",
            ExpressionAttributeValues=encode({":label": name, ":one": 1}),
        )
    assert find(client, table) == row(label="first", n=2)


def the_last_of_a_set_takes_the_set_along(client: Client, table: str) -> None:
    """DELETE of a set's last element removes the attribute."""
    put(client, table, row() | {"posts": {"SS": ["x"]}})
    client.update_item(
        TableName=table,
        Key=key(),
        UpdateExpression="DELETE posts :gone",
        ExpressionAttributeValues={":gone": {"SS": ["x"]}},
    )
    assert find(client, table) == row()


def a_path_without_its_parent_is_refused(client: Client, table: str) -> None:
    """SET of a nested attribute whose map is missing is refused as ValidationException."""
    put(client, table, row())
    change = {"UpdateExpression": "SET people.anna = :role", "ExpressionAttributeValues": {":role": {"S": "viewer"}}}
    asked = {"TableName": table, "Key": key(), **change}
    assert refusal(lambda: client.update_item(**asked)) == "ValidationException"


def numbers_have_thirty_eight_digits(client: Client, table: str) -> None:
    """A number of 38 digits is stored exactly, one of 39 is refused as ValidationException."""
    exact = {"N": "1" * 38}
    put(client, table, row() | {"n": exact})
    assert find(client, table)["n"] == exact
    longer = row() | {"n": {"N": "1" * 39}}
    assert refusal(lambda: put(client, table, longer)) == "ValidationException"


def a_row_has_no_more_than_400_kilobytes(client: Client, table: str) -> None:
    """A row of more than 400 KB is refused as ValidationException."""
    assert refusal(lambda: put(client, table, row(text="x" * 409_600))) == "ValidationException"


def a_key_is_never_empty(client: Client, table: str) -> None:
    """An empty string in a key is refused as ValidationException, elsewhere it is stored."""
    assert refusal(lambda: put(client, table, row(sk=""))) == "ValidationException"
    put(client, table, row(title=""))
    assert find(client, table) == row(title="")


def keys_are_in_the_order_of_their_bytes(client: Client, table: str) -> None:
    """Sort keys are ordered by their bytes in UTF-8, both ways, and `begins_with` and BETWEEN keep to that."""
    ordered = ["A", "a", "a#1", "a~", "b", "é", "猫", "😀"]
    put(client, table, *map(row, reversed(ordered)))
    assert sort_keys(query(client, table)) == ordered
    assert sort_keys(query(client, table, ScanIndexForward=False)) == ordered[::-1]
    begun = query(client, table, condition="begins_with(sk, :a)", values={":a": {"S": "a"}})
    assert sort_keys(begun) == ["a", "a#1", "a~"]
    between = query(client, table, condition="sk BETWEEN :a AND :b", values={":a": {"S": "a#"}, ":b": {"S": "b"}})
    assert sort_keys(between) == ["a#1", "a~", "b"]


def a_page_goes_on_behind_a_row_that_is_gone(client: Client, table: str) -> None:
    """ExclusiveStartKey may name a row that is not, or no longer, there."""
    put(client, table, row("a"), row("c"))
    assert sort_keys(query(client, table, ExclusiveStartKey=key(sk="b"))) == ["c"]
    assert sort_keys(query(client, table, ExclusiveStartKey=key(sk="b"), ScanIndexForward=False)) == ["a"]


def a_page_that_its_limit_fills_names_its_last_row(client: Client, table: str) -> None:
    """A query that found as many rows as `Limit` allows gives LastEvaluatedKey, even where no more follow."""
    put(client, table, row("a"), row("b"))
    assert query(client, table, Limit=2).get("LastEvaluatedKey") == key(sk="b")
    assert "LastEvaluatedKey" not in query(client, table, Limit=3)


def a_page_ends_at_a_megabyte(client: Client, table: str) -> None:
    """A query ends with the row that exceeds a megabyte, or the one before it, and gives LastEvaluatedKey."""
    put(client, table, *(row(sk, text="x" * 300_000) for sk in "abcdef"))
    page = query(client, table)
    assert 3 <= len(page["Items"]) <= 4
    assert page["LastEvaluatedKey"] == key(sk=sort_keys(page)[-1])


def an_index_holds_those_with_its_attributes_in_their_order(client: Client, table: str) -> None:
    """An index holds only rows that have its attributes, ordered by number."""
    ranked = [row(sk, ranking="most-liked", rank=rank) for sk, rank in (("a", 10), ("b", 9), ("c", -1))]
    put(client, table, *ranked, row("d", ranking="most-liked"), row("e"))
    answer = client.query(
        TableName=table,
        IndexName="ranking",
        KeyConditionExpression="ranking = :name",
        ExpressionAttributeValues={":name": {"S": "most-liked"}},
    )
    assert sort_keys(answer) == ["c", "b", "a"]


def a_batch_has_its_bounds(client: Client, table: str) -> None:
    """BatchWriteItem takes 25 rows and no 26th, BatchGetItem 100 keys and no 101st, each once."""

    def write(count: int) -> str:
        requests = [{"PutRequest": {"Item": row(f"{number:03}")}} for number in range(count)]
        return refusal(lambda: client.batch_write_item(RequestItems={table: requests}))

    def read(keys: list[Any]) -> str:
        return refusal(lambda: client.batch_get_item(RequestItems={table: {"Keys": keys}}))

    keys = [key(sk=f"{number:03}") for number in range(101)]
    assert (write(25), write(26)) == ("", "ValidationException")
    assert (read(keys[:100]), read(keys), read(keys[:1] * 2)) == ("", "ValidationException", "ValidationException")


def counted(table: str, sk: str = "a", **more: Any) -> Any:  # noqa: ANN401 - likewise
    """An action of a transaction that counts a row up."""
    change = {"UpdateExpression": "ADD n :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}
    return {"Update": {"TableName": table, "Key": key(sk=sk), **change, **more}}


def a_transaction_does_all_or_nothing(client: Client, table: str) -> None:
    """A transaction one of whose conditions fails does nothing, and gives each action's reason in order."""
    put(client, table, row("a", n=1))
    missing = {"TableName": table, "Key": key(sk="b"), "ConditionExpression": "attribute_exists(pk)"}
    answer = response_of(
        lambda: client.transact_write_items(TransactItems=[counted(table), {"ConditionCheck": missing}])
    )
    assert answer["Error"]["Code"] == "TransactionCanceledException"
    assert [reason["Code"] for reason in answer["CancellationReasons"]] == ["None", "ConditionalCheckFailed"]
    assert find(client, table) == row("a", n=1)
    assert find(client, table, "b") is None


def a_transaction_names_each_row_once(client: Client, table: str) -> None:
    """A transaction with two actions on one row is refused as ValidationException."""
    twice = [counted(table), counted(table)]
    assert refusal(lambda: client.transact_write_items(TransactItems=twice)) == "ValidationException"


def a_transaction_has_a_hundred_actions(client: Client, table: str) -> None:
    """A transaction has 100 actions and no 101st."""

    def write(count: int) -> str:
        actions = [counted(table, f"{number:03}") for number in range(count)]
        return refusal(lambda: client.transact_write_items(TransactItems=actions))

    assert (write(100), write(101)) == ("", "ValidationException")


def a_token_makes_a_transaction_idempotent(client: Client, table: str) -> None:
    """A transaction that comes again with its ClientRequestToken is done once, and refused with other actions."""
    for _ in range(2):
        client.transact_write_items(TransactItems=[counted(table)], ClientRequestToken="one")
    assert find(client, table) == row(n=1)
    other = {"TransactItems": [counted(table, "b")], "ClientRequestToken": "one"}
    assert refusal(lambda: client.transact_write_items(**other)) == "IdempotentParameterMismatchException"


ASSUMPTIONS: tuple[Assumption, ...] = (
    a_condition_that_fails_changes_nothing,
    an_update_makes_the_row_that_is_missing,
    the_last_of_a_set_takes_the_set_along,
    a_path_without_its_parent_is_refused,
    numbers_have_thirty_eight_digits,
    a_row_has_no_more_than_400_kilobytes,
    a_key_is_never_empty,
    keys_are_in_the_order_of_their_bytes,
    a_page_goes_on_behind_a_row_that_is_gone,
    a_page_that_its_limit_fills_names_its_last_row,
    a_page_ends_at_a_megabyte,
    an_index_holds_those_with_its_attributes_in_their_order,
    a_batch_has_its_bounds,
    a_transaction_does_all_or_nothing,
    a_transaction_names_each_row_once,
    a_transaction_has_a_hundred_actions,
    a_token_makes_a_transaction_idempotent,
)
