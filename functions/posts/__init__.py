"""Posts: pictures shown to others and liked, feeds of those one follows, and links that open a post for anybody."""
