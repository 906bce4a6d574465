"""Albums: made, changed and shared by their owners and people."""
