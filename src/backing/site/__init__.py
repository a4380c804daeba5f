"""What holds the parts of the office together, and the `backing` command."""
