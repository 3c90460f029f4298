"""What is kept: one database, SQLite in ``DATA_PATH`` or PostgreSQL by URL, its tables and their migrations."""
