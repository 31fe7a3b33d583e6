"""Documents as PDF/A, by way of HTML and WeasyPrint."""
