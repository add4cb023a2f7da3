"""Names in a document: found, typed, and joined to entities."""
