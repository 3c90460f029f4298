"""What editors set right: kept by the hash of the text, looked up for every later reading of it, exported."""
