"""Sets up and serves a bench for `./demo` and `./test`. Standard library only, Python 3.10 or newer.

Nothing here is part of the app: a province that runs its own bench never needs it.
"""
