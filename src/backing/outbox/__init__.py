"""What leaves the office: every letter is a row, looked at and sent by a person, and leaves at most once."""
