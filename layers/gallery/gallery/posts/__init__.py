"""Posts of public pictures, likes, links to posts."""
