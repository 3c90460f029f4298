"""The school: what training makes of corpora, and how models are judged."""
