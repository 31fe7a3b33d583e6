"""Excel files themselves: read behind guards, written without formulas of anybody's making."""
