"""Making sure, on a schedule, that bucket and table tell the same story."""
