"""`python -m beffroi.sources`: the collecting process of a desktop."""

import os
import sys

from beffroi.sources.process import main

code = main()
sys.stdout.flush()
# A thread may still wait for a line from the desktop, which nobody needs any more.
os._exit(code)
