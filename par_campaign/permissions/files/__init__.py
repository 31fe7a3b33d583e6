"""Files by identity: what comes in, under which name it is kept, who may have it, and that it never changes."""
