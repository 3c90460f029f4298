"""Webhooks: results pushed to where a caller wants them, and what content systems push here."""
