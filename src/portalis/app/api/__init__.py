"""The plane over HTTP: one router a noun, all under /v1."""
