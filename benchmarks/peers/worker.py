"""What the workers share: they run in a peer's interpreter and measure that peer.

A worker answers requests, one JSON object per line of standard input, with one per line of
standard output. It says {"peer": NAME VERSION} once it is ready. Requests:

    {"image": FILE, "mask": FILE, "family": NAME, "seconds": S}

are computed again and again for S seconds, at least once. Before the first request of a family it
is computed once in vain, which compiles what is compiled at first use. The answer holds the mean
time of one computation, features only, and what was computed:

    {"cpu_s", "wall_s", "runs", "voxels", "mean", "values", "undefined"}

mean being that of the intensities in the mask, by which it shows that the voxels are the same.

`python WORKER.py --once IMAGE MASK [ROI]` computes all features of one region instead, from the
files: what a user would wait for. Prints the same without times."""
import dataclasses
import json
import math
import sys
import time


@dataclasses.dataclass
class Loaded:
    """Image and mask in the peer's own form."""
    image: object
    mask: object
    voxels: int
    mean: float


def repeated(work, seconds):
    """What work() returns, the mean CPU and wall seconds that it took, and how often it ran."""
    runs, cpu, wall = 0, time.process_time(), time.perf_counter()
    while runs == 0 or time.perf_counter() - wall < seconds:
        result = work()
        runs += 1
    return result, {"cpu_s": (time.process_time() - cpu) / runs,
                    "wall_s": (time.perf_counter() - wall) / runs, "runs": runs}


def summary_of(values, loaded):
    return {"voxels": int(loaded.voxels), "mean": float(loaded.mean), "values": len(values),
            "undefined": sum(not math.isfinite(value) for value in values)}


def serve(name, load, compute):
    """\\param load(image, mask) gives a Loaded, from which compute(loaded, family) makes values."""
    print(json.dumps({"peer": name}), flush=True)
    latest = (None, None)
    warm = set()
    for line in sys.stdin:
        request = json.loads(line)
        files = request["image"], request["mask"]
        if latest[0] != files:
            latest = files, load(*files)
        loaded = latest[1]
        family = request["family"]
        if family not in warm:
            compute(loaded, family)
            warm.add(family)
        values, times = repeated(lambda: compute(loaded, family), request["seconds"])
        print(json.dumps(times | summary_of(values, loaded)), flush=True)


def run(name, load, compute, load_dicom=None):
    """The main program of a worker."""
    if sys.argv[1:2] != ["--once"]:
        serve(name, load, compute)
        return
    files = sys.argv[2:]
    loaded = load_dicom(*files) if len(files) == 3 else load(*files)
    print(json.dumps(summary_of(compute(loaded, "all"), loaded)))
