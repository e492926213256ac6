"""Tells one story: python3 story.py NAME. It ends with 0 if all of it holds, else says what does not."""

import importlib
import sys

import sfn

importlib.import_module(sys.argv[1]).run(sfn.connect())
print("told")
