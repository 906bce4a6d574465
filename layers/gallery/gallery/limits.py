"""Every bound on what people may send and what a function may spend, in one place."""

MAX_UPLOAD_BYTES = 200 * 1024 * 1024
"""What a stage may allow at most, and does unless it says less (`max_upload_mb`): raw files have that size."""
IN_MEMORY_BYTES = 50 * 1024 * 1024
"""Larger files lie on disk while they are looked at, and one at a time is decoded; others get a rendition of them."""
MAX_FILES_PER_REQUEST = 50
MAX_CLASSIFY_BYTES = 4 * 1024 * 1024
"""Of a picture that is not kept: in base 64 it has to fit into the 6 MB of a call of Lambda."""
MAX_MEGAPIXELS = 200
"""For formats that can be decoded at reduced scale (JPEG): phones make pictures of this size."""
MAX_MEGAPIXELS_FULL_DECODE = 60
MAX_DECODE_SECONDS = 10.0
MAX_DECODE_MEMORY_BYTES = 1024 * 1024 * 1024

MAX_NAME_LENGTH = 255
MAX_TITLE_LENGTH = 200
MAX_ATTRIBUTION_LENGTH = 1000
MAX_DESCRIPTION_LENGTH = 2000
MAX_LABELS = 10
MAX_LABEL_LENGTH = 60
MAX_PAGE = 100
DEFAULT_PAGE = 24
MAX_IDS = 100
BATCH_SECONDS = 8
"""After which nothing more of a batch is begun."""
MOST_NAMED = 10
"""People who are told by the beginning of a name."""
MOST_SHIFTED = 10**10
"""Seconds by which a date may be moved at once: about as far as there have been photographs, and a century more."""
TRASH_SECONDS = 30 * 24 * 3600
"""After which what is in the trash is deleted."""
MAX_QUERY_LENGTH = 200
MAX_LABEL_LIST = 1000
MAX_FEEDBACK_ENTRIES = 20
MAX_DISPLAY_NAME = 60
MAX_BIO = 300
SUGGESTIONS = 10
MAX_VOTES_PER_QUERY = 100
"""How many pictures one person's votes on a query count for."""
MAX_COUNTER_DIGITS = 1000
MAX_POST_LENGTH = 100
MOST_LIKED = 5
"""How many of the most liked posts are shown to who does not say."""
MAX_ALBUMS_OF_PICTURE = 50
MAX_ALBUM_PICTURES = 50_000
MAX_ALBUM_PEOPLE = 100
"""Let into an album or asked, besides its owner."""
MAX_RANK_LENGTH = 100
"""Of what says where a picture stands in the order that people make by hand; a thousand moves at one place make 60."""
MAX_LINKS = 20
"""How many links may open an album at the same time."""
PASSWORDS_PER_HOUR, PASSWORDS_OF_LINK_PER_HOUR = 10, 100
"""How many wrong passwords may come in an hour from one address, and for one link."""
MIN_PASSWORD, MAX_PASSWORD = 4, 200
LINK_ACCESS_SECONDS = 12 * 3600
"""How long whoever gave a link's password need not give it again."""
GUEST_UPLOADS_PER_HOUR, GUEST_UPLOADS_OF_LINK_PER_HOUR = 100, 300
"""How many tickets guests get in an hour at one address, and by one link."""
MAX_GUEST_NAME = 60
VISIT_SECONDS = 24 * 3600
"""How long a guest may take back what they added."""
MAX_LINK_SECONDS = 10 * 365 * 24 * 3600
MAX_LINK_BYTES = 10**13
LINK_PICTURES, LINK_BYTES = 500, 5_000_000_000
"""How many pictures, and bytes, guests may add by a link for whose owner does not say."""
MAX_WAITING = 1000
"""Up to how many pictures are counted that wait for an answer."""
MAX_SHARES = 20
"""How many links may open a post at the same time."""
MIN_SHARE_SECONDS, MAX_SHARE_SECONDS = 60, 365 * 24 * 3600
SHARE_SECONDS = 7 * 24 * 3600
"""How long a link opens a post for who does not say."""
MAX_REASON_LENGTH = 300
REPORTS_PER_HOUR = 20
MAX_ALLOWANCE = 1_000_000
"""How many pictures a planned import may be allowed beyond the limits, for at most `ALLOWANCE_SECONDS`."""
ALLOWANCE_SECONDS = 31 * 24 * 3600
"""How often one person may say that something should not be shown."""

EXPORT_BYTES, EXPORT_PICTURES = 2_000_000_000, 5000
"""Most bytes, and originals, in one of the ZIP files of an export; more of either go into the next."""
EXPORT_SECONDS = 7 * 24 * 3600
"""How long such files are kept."""
EXPORT_AGAIN_SECONDS = 24 * 3600
"""How old they have to be before others are made in their place."""
EXPORT_URL_SECONDS = 3600

MIN_TILE, MAX_TILE = 16, 64
"""Sides of a mosaic's tile in pixels."""
MAX_MOSAIC_TILES = 20_000
MAX_MOSAIC_PIXELS = 4000
"""Longest side of a mosaic."""
MOSAIC_PIXELS = 2048
"""Width of a mosaic for who does not say."""
MAX_MOSAICS = 20
"""How many mosaics of a picture are kept; for another one the oldest goes."""

UPLOAD_SECONDS = 3600
"""How long an upload ticket may be used."""
MAX_STACK = 100
"""Near copies in a stack; a burst of more begins another one."""
NEAR_KEYS, NEAR_QUERIES, NEAR_READ = 24, 8, 400
"""Keys that near copies are looked for under, in so many queries, each of so many postings at most."""
DOWNLOAD_SECONDS = 3600
PRIVATE_URL_SECONDS = 900
"""How long the address of a private rendition works."""
UNUSED_TICKET_SECONDS = 24 * 3600
"""After this a ticket that never saw its bytes is forgotten; longer than any upload can take."""
TOMBSTONE_SECONDS = 30 * 24 * 3600
"""Longer than any event about a deleted picture can still be on its way (queues keep messages 14 days)."""

MEDIA_TYPES = (
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "image/apng",
    "image/tiff",
    "image/bmp",
    "image/avif",
    "image/heic",
    "image/heif",
    "image/x-adobe-dng",
    "image/x-nikon-nef",
    "image/x-canon-cr2",
    "image/x-canon-cr3",
    "image/x-sony-arw",
    "image/x-fuji-raf",
    "image/x-olympus-orf",
    "image/x-panasonic-rw2",
)
"""What can be captioned. The declared type only decides whether an upload may start; the content decides the rest."""
