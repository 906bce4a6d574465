"""What the posts' API takes and gives, as the contract writes it."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from gallery import limits
from gallery.api.image import Image, ImageId
from gallery.api.one_line import one_line
from gallery.posts.shares import TOKEN

PostText = Annotated[
    str,
    StringConstraints(max_length=limits.MAX_POST_LENGTH, strip_whitespace=True),
    AfterValidator(one_line),
    Field(examples=["Found her asleep again"]),
]


class Post(BaseModel):
    """A picture that somebody shows to others; `author` is a username, `author_name` what they like to be called."""

    id: Annotated[str, Field(examples=["01KAGVQ2W3M8Y6Z5T4R7N9P0XD"])]
    image: Image
    text: PostText
    author: Annotated[str, Field(examples=["anna"])]
    author_name: Annotated[str | None, Field(examples=["Anna"])]
    created_at: str
    edited_at: str | None
    likes: int
    liked_by_me: bool
    hidden: Annotated[bool, Field(description="Whether an admin hid it from all but its author and admins")]


class PostsAnswer(BaseModel):
    """A part of a list, newest first; `next_cursor` is null at its end, and a page may be short before that."""

    posts: list[Post]
    next_cursor: str | None


class MostLikedAnswer(BaseModel):
    """Posts that anybody likes, the most liked first."""

    posts: list[Post]


class NewPost(BaseModel):
    """Which public picture to post, and with which words."""

    model_config = ConfigDict(extra="forbid")

    image_id: ImageId
    text: PostText = ""


class PostChange(BaseModel):
    """What a post is to say instead."""

    model_config = ConfigDict(extra="forbid")

    text: PostText


class ShareRequest(BaseModel):
    """How many seconds a link is to work."""

    model_config = ConfigDict(extra="forbid")

    expires_in: Annotated[int, Field(ge=limits.MIN_SHARE_SECONDS, le=limits.MAX_SHARE_SECONDS, strict=True)] = (
        limits.SHARE_SECONDS
    )


class ShareLink(BaseModel):
    """A link that opens a post for anybody until it expires."""

    url: Annotated[
        str, Field(examples=["https://gallery.example.org/s/01KAGVQ2W3M8Y6Z5T4R7N9P0XDq3Zb0kXl2vP8wNfTjYc5uA"])
    ]
    token: Annotated[str, Field(pattern=TOKEN, examples=["01KAGVQ2W3M8Y6Z5T4R7N9P0XDq3Zb0kXl2vP8wNfTjYc5uA"])]
    expires_at: str


class SharesAnswer(BaseModel):
    """The links to a post that work, the last to expire first."""

    shares: list[ShareLink]
