"""The Procrastinate application and one module per worker."""
