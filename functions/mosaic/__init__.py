"""Pictures as mosaics of many small pictures."""
