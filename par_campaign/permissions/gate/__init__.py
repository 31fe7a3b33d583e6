"""The gate: what requests of this app's users may ask for, by name. Everything else is refused.

Who may do what with which document is not said here: that stays with roles, rules and controllers.
"""
