"""The local cloud: the gallery's own template, deployed to an AWS emulator on this machine.

Everything that is special about the emulator (`ministack`) stays in this package.
"""
