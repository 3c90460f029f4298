"""The adapter for Superdesk, against the interface as it is published."""
