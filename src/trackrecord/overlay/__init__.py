"""What decisions lay over the tables of the takes; no take is ever rewritten.

Only the parts of a table that hold a decision's project are copied, and of those only the columns
that change: a union of a hundred million rows stays where it lies.

cells        laying values over single cells
corrections  where corrections hold, and how they stand
causes       causes that people agreed
"""
