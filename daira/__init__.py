"""The `daira` command and the local stack that starts the real servers."""
