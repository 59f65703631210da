"""Office workbooks: reading what people upload without trusting it, and writing what they download.

``read_workbook`` gives plain cells, ``find_header`` and ``as_date`` make sense of them, ``write_workbook`` and
``write_csv`` give them back. Rows and columns are counted from 0, as in Python; ``cell_name`` says them as
Excel does.
"""

from chibo.core.workbooks.dates import Precision, as_date
from chibo.core.workbooks.headers import Header, cell_name, find_header
from chibo.core.workbooks.reading import Cell, Sheet, Workbook, many_objects, read_workbook
from chibo.core.workbooks.worker import Limits
from chibo.core.workbooks.writing import Column, write_csv, write_workbook

__all__ = [
    "Cell",
    "Column",
    "Header",
    "Limits",
    "Precision",
    "Sheet",
    "Workbook",
    "as_date",
    "cell_name",
    "find_header",
    "many_objects",
    "read_workbook",
    "write_csv",
    "write_workbook",
]
