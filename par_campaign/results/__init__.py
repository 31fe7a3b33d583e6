"""From stored documents to results: reading them, which data results rest on, and why a number stands."""
