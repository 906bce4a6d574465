"""LocalStack as another cloud to test with; where something of the gallery is not in it, that is said."""
