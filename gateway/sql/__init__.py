"""SQL as nodes: an identifier, a keyword and a parameter are different types."""
