"""What translating a code base would bring: a dry run's report, read as a decision."""
