"""What dev.py is made of: environment, throw-away servers, test suites. Standard library only."""
