"""The operations, one group a file."""
