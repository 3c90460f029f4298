"""Short cases of quotations and speakers."""
