"""Keep it: this week, and the numbers its rules rest on."""
