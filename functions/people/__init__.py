"""People: profiles, who follows whom, everything of somebody's as a file, and erasing it."""
