"""The doorway: HTTP in, HTTP out."""
