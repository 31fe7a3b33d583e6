"""The results workbook: what a result rests on, what it says, and the recount that compares the two."""
