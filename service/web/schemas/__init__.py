"""The records of the HTTP contract as marshmallow schemas: what comes in is checked, what goes out is described."""
