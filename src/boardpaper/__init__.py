"""Claims on paper: composed once, rendered as page, paper, deck and text."""
