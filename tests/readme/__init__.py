"""The README is true: its snippets run and print what it shows, its tables are those of the model."""
