"""People: profiles, follows, finding people by name."""
