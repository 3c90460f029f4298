"""Jobs, from the tables to the processes."""
