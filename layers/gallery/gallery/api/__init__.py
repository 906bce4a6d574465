"""HTTP: routing, tokens, problems' OpenAPI, cursors, quotas, the image as the API shows it."""
