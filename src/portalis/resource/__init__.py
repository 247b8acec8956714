"""What jobs need and get: pure judgement."""
