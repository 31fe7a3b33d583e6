"""What Frappe leaves open between units, closed for the documents of this app.

`access.py` says who may see what; Frappe asks it for lists and documents. Here are the ways that pass by
it in Frappe 15: rows listed by themselves, questions about fields one may not read, searches that ignore
permissions, files named by their address, and counts over everybody's documents.
"""
