"""The service with all that stands beside it, as plain processes of one machine."""
