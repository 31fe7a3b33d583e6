"""Documents an office can sign: NĐ 30/2020/NĐ-CP, Phụ lục I, as PDF and as Word.

`content` is the one model of a document, `builders` makes it from plain data, `pdf` and `docx` render
it. Nothing here imports frappe.
"""
