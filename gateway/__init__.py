"""The proxy: verifies tokens, compiles each request to one SQL statement, and runs it in a lane."""
