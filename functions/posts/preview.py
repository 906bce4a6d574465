"""The page behind a shared link: made here and not by the page's scripts, since chat programs that preview it run none.

The tags are those of the Open Graph protocol (https://ogp.me) and of X's cards, which fall back on them.
"""

from html import escape
from string import Template

from gallery.api.image import present
from gallery.settings import settings
from posts.cut import preview_of
from posts.showing import Shown

_FRAME = Template("""<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>$title</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/share.css">$tags
  </head>
  <body>
    <header><a href="/">Neural Gallery</a></header>
    <main>$content</main>
  </body>
</html>
""")

_POST = Template("""
      <figure>
        <img src="$picture" alt="$caption" width="$width" height="$height">
        <figcaption>
          <h1 dir="auto">$title</h1>
          <p>Posted by <a href="/people/$username"><bdi>$author</bdi></a> on <time datetime="$at">$date</time></p>
        </figcaption>
      </figure>
      <p><a class="action" href="/images/$image_id">See it in the gallery</a></p>
    """)

_NOTHING = """
      <h1>There is nothing here any more</h1>
      <p>The link has expired, or whoever made it took it back.</p>
      <p><a class="action" href="/">Look around the gallery</a></p>
    """

NOTHING_HERE = _FRAME.substitute(title="Nothing here · Neural Gallery", tags="", content=_NOTHING)
"""The page for a link that opens nothing (any more)."""


def page_of(shown: Shown, token: str) -> str:
    """Return the HTML page of a post that a link's token opens."""
    image, words, preview = present(shown.picture), _words(shown), preview_of(shown.picture, token)
    tags = {
        "og:type": "article",
        "og:site_name": "Neural Gallery",
        "og:title": words["title"],
        "og:description": words["description"],
        "og:url": f"{settings().site_url}/s/{token}",
        "og:image": settings().site_url + preview.path,
        "og:image:width": str(preview.width),
        "og:image:height": str(preview.height),
        "og:image:alt": words["caption"],
    }
    named = [("property", *tag) for tag in tags.items()] + [("name", "twitter:card", "summary_large_image")]
    content = _POST.substitute(
        _escaped(words | {"picture": str(image.urls.large), "image_id": image.id, "at": shown.post.created_at}),
        width=image.width,
        height=image.height,
    )
    return _FRAME.substitute(title=escape(words["title"]), tags="".join(map(_tag, named)), content=content)


def _words(shown: Shown) -> dict[str, str]:
    """Return what there is to say of a post, as it is and not yet as HTML."""
    author, picture = shown.author, shown.picture
    caption = picture.heading or "A picture"
    name = author.display_name or author.username
    return {
        "title": shown.post.text or caption,
        "caption": caption,
        "author": name,
        "username": author.username,
        "description": f"{caption} · posted by {name}",
        "date": shown.post.created_at[:10],
    }


def _tag(named: tuple[str, str, str]) -> str:
    kind, name, value = named
    return f'\n    <meta {kind}="{name}" content="{escape(value)}">'


def _escaped(texts: dict[str, str]) -> dict[str, str]:
    return {name: escape(text) for name, text in texts.items()}
