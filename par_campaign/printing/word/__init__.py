"""Documents as Word files, for offices that go on editing."""
