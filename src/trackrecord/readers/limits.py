"""How much a file may ask of the machine before it is refused.

Each limit lies far above any register we have seen, and is low enough that a laptop of 8 GB
reads what passes.  They are checked while reading, not after, so that a file made to do harm costs
no more than a file that is merely large.
"""

from __future__ import annotations

from typing import Final

MIB: Final = 1 << 20

# A block read or unpacked at a time.
BLOCK: Final = MIB
# Of one workbook, after unpacking, and of all its cells' texts together.
UNPACKED: Final = 2048 * MIB
# Of one text, after unpacking: 5,000,000 rows of 200 characters.
TEXT: Final = 1024 * MIB
# Real workbooks and texts pack 5 to 60 times smaller; deflate can do 1032.
RATIO: Final = 250
# A small part may repeat itself as much as it likes.
RATIO_MATTERS_FROM: Final = 32 * MIB
# One line of a text, one row of a worksheet.
LINE: Final = 16 * MIB
# One cell of a text, in characters.
CELL: Final = 8 * MIB
# One worksheet, from its first cell to its last: 1,000,000 rows of 25 columns.
CELLS: Final = 25_000_000
