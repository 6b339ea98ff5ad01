"""The child of `sakip.common.lembar`: reads one workbook from stdin, writes JSON to stdout.

Run as a folder in isolated mode (`__main__`), so it knows neither Django nor the project; whatever
happens to it happens to it alone. Exit 0 with {"lembar": [...]} or {"tolak": kode, ...}; anything
else means that the workbook could not be read.

It walks the parts of the archive itself, once: the usual sheet by patterns (`cepat`), every other
with expat. That is many times as fast as a library that builds every cell, takes little memory
whatever the size, and the value that Excel calculated stands beside its formula.
"""
