"""Workbooks coming in: the desk's side of `exchange`.

Each kind has a preview, which writes nothing, and an apply, which reads the file again and writes
all of it through the document's controller, or nothing.
"""

# The two rooms take each other's makers: whichever of them is asked for first, this one is whole only after the other
from par_campaign import documents  # noqa: F401
