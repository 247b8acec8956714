"""Webhooks on their way out: the fourth reader of the numbered log of jobs."""
