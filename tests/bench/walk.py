"""How the walk grows with the line: `python tests/bench/walk.py 50 100 200 1000`, from the root of the checkout.

Not here: a test; tests/check/test_walk.py holds the ratio on small lines.
"""

import sys
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ivr.check.walker import walk
from ivr.script.folders import sample
from ivr.script.reader import read
from small import long


def main(counts):
    script = read(sample())
    print(" places  situations    answers  documents  seconds  ms a place")
    for count in counts:
        line = long(script, count)
        started = process_time()
        walked = walk(line)
        seconds = process_time() - started
        figures = (len(line.nodes), len(walked.spots), walked.line.asked, walked.line.documents, seconds)
        print(
            "{:7} {:11,} {:10,} {:10,} {:8.1f}".format(*figures),
            f"{1000 * seconds / len(line.nodes):11.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or [25, 50, 100])
