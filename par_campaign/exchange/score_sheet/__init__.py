"""A unit's score sheet as a workbook, to be filled in offline and read back."""
