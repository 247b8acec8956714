"""Where units run: the executor port on a local process pool, and what runs in it."""
