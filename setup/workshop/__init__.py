"""What setup/run, setup/test, setup/lint and setup/bench share.

Modules used before the private Python environment exists (entry, console, paths,
processes, environment, system_packages, locks, disk) import the standard library only.
"""
