"""The Python worker: executes programs against one module and answers their transcripts; it never judges.

Standard library only, Python 3.9 or later, so that it runs wherever an interpreter does.
`docs/programs.md` explains the protocol, the values and the normalised texts.
The Node worker (`src/subject/worker/`) is its twin, file by file.
"""
