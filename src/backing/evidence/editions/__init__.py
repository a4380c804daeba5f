"""Making an edition and moving "current" to it: the worker's part, for it needs the engine.

truth     what the evidence consists of now: the imports that count, the decisions that stand
making    its figures, and what is listed behind them, kept under the edition's name
current   the one transaction in which an edition becomes what pages show
mirror    the projects of the current edition, as lists and their own pages need them
alike     which projects look like one, for the office to say
in_bulk   many rows written at once
listed    the rows behind the figures, beside the edition
tidying   what nobody claims any more

Only `evidence/work.py` uses it.
"""
