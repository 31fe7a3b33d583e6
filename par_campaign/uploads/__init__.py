"""Workbooks coming in: the desk's side of `exchange`.

Each kind has a preview, which writes nothing, and an apply, which reads the file again and writes
all of it through the document's controller, or nothing.
"""
