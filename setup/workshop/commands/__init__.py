"""The commands: one module each, with ``main(arguments)`` that returns an exit code."""
