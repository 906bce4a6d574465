"""What people say of search results: votes, and what admins read from them."""
