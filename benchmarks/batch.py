"""Measures what a batch of many small cases costs, beside PyRadiomics' own, and prints it as Markdown.

usage: batch.py --build BUILD_DIR [--cases N] [--pyradiomics PYTHON] [--peer-cases N] [--rounds N]
                [--folder DIR] [--page FILE]

The cohort is made for the run: images of 256x256x25 voxels with an ellipsoid of some 4 000, each
different; 5 MB a case. The programs take turns, round by round; of every time the fastest is kept. Needs nothing
but Python's standard library and radiomics, radiomics_benchmark_cases and
radiomics_benchmark_extract, built in BUILD_DIR.

--page replaces the tables of a page between the lines `<!-- NAME -->` and `<!-- end -->`."""
import argparse
import csv
import json
import math
import os
import pathlib
import platform
import sys
import tempfile

import measuring
import tables
from measuring import Problem

OURS, IN_PROCESS, COMMANDS, PEER = "radiomics batch", "extract in one process", "extract, a process each", "PyRadiomics"
PRESET = "native"  # as scanned, bins of 25: what PyRadiomics measures without a parameter file
FEW = 100          # cases, for the memory of few and for extract as processes


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True, help="release build")
    parser.add_argument("--cases", type=int, default=1000, help="default: 1000")
    parser.add_argument("--pyradiomics", metavar="PYTHON", help="interpreter that has PyRadiomics")
    parser.add_argument("--peer-cases", type=int, default=200,
                        help="how many of them PyRadiomics measures; default: 200")
    parser.add_argument("--rounds", type=int, default=3, help="default: 3")
    parser.add_argument("--folder", type=pathlib.Path, help="where cohort and results lie for the run; "
                        "default: the folder for temporary files")
    parser.add_argument("--page", type=pathlib.Path, help="Markdown page to put the tables into")
    return parser.parse_args()


class Cohort:
    """What was measured: the fastest of each (program, cases, jobs), and the largest memory."""

    def __init__(self, build, folder):
        self.build, self.folder = build, folder
        self.wall, self.cpu, self.peaks = measuring.Fastest(), measuring.Fastest(), {}
        self.means = {}       # case: mean intensity
        self.peer_name = None

    def keep(self, key, wall_s, cpu_s, peak_mb=None):
        self.wall.add(key, wall_s)
        self.cpu.add(key, cpu_s)
        if peak_mb is not None:
            self.peaks[key] = max(peak_mb, self.peaks.get(key, 0))

    def make(self, counts):
        """A folder with so many cases, and lists of the first of them."""
        measuring.run([self.build / "benchmarks/radiomics_benchmark_cases", self.folder, max(counts)])
        lines = (self.folder / "cases.csv").read_text().splitlines(keepends=True)
        for count in counts:
            self.list_of(count).write_text("".join(lines[:count + 1]))

    def list_of(self, count):
        return self.folder / f"first_{count}.csv"

    def batch(self, count, jobs):
        with tempfile.TemporaryDirectory(dir=self.folder) as output, measuring.on_cores(jobs):
            done = measuring.run([self.build / "cli/radiomics", "batch", self.list_of(count), "--output", output,
                                  "--preset", PRESET, "--jobs", jobs])
            with open(pathlib.Path(output, "features.csv"), newline="", encoding="utf-8") as file:
                self.means = means_of(file, "case", "original_statistics_mean", count)
        self.keep((OURS, count, jobs), done.wall_s, done.cpu_s, done.peak_mb)

    def extract_in_process(self, count):
        done = measuring.run([self.build / "benchmarks/radiomics_benchmark_extract", self.list_of(count), PRESET])
        answer = json.loads(done.output)
        if (answer["regions"], answer["failures"]) != (count, 0):
            raise Problem(f"extract measured {answer['regions']} regions of {count} cases")
        self.keep((IN_PROCESS, count, 1), answer["wall_s"], answer["cpu_s"], done.peak_mb)

    def extract_commands(self, count):
        wall = cpu = peak = 0
        with open(self.list_of(count), newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                done = measuring.run([self.build / "cli/radiomics", "extract", self.folder / row["Image"],
                                      self.folder / row["Mask"], "--preset", PRESET, "--threads", 1])
                wall, cpu, peak = wall + done.wall_s, cpu + done.cpu_s, max(peak, done.peak_mb)
        self.keep((COMMANDS, count, 1), wall, cpu, peak)

    def pyradiomics(self, python, count, jobs):
        """Its own batch: all features of the image as it is, no filters."""
        program = pathlib.Path(python).parent / "pyradiomics"
        output = self.folder / "pyradiomics.csv"
        output.unlink(missing_ok=True)
        done = measuring.run([program, self.list_of(count), "--jobs", jobs, "--out", output,
                              "--format", "csv", "--logging-level", "ERROR"])
        with open(output, newline="", encoding="utf-8") as file:
            theirs = means_of(file, "ID", "original_firstorder_Mean", count)
        for case, mean in theirs.items():
            if not math.isclose(mean, self.means[case], rel_tol=1e-9):  # order of a sum
                raise Problem(f"{PEER} measured other voxels of {case}: their mean is {mean}, not {self.means[case]}")
        self.keep((PEER, count, jobs), done.wall_s, done.cpu_s, done.peak_mb)

    def per_case(self, program, count, jobs, times=None):
        """Seconds; None if it was not measured."""
        seconds = (times or self.wall).get(program, count, jobs)
        return None if seconds is None else seconds / count


def means_of(file, case, column, count):
    """{case: its mean intensity} of a table, read row by row: what this process holds counts as memory of the
    programs that it starts. \\throws Problem unless the table has a number for every case"""
    rows = csv.reader(file)
    header = next(rows, [])
    if case not in header or column not in header:
        raise Problem(f"a table has no columns {case} and {column}")
    case_at, mean_at = header.index(case), header.index(column)
    try:
        means = {row[case_at]: float(row[mean_at]) for row in rows}
    except (IndexError, ValueError):
        raise Problem(f"a table has no numbers in its column {column}") from None
    if len(means) != count or not all(map(math.isfinite, means.values())):
        raise Problem(f"a table has {len(means)} of {count} cases")
    return means


def measure(options, cohort):
    many, few = options.cases, min(FEW, options.cases)
    cohort.make({many, few, min(options.peer_cases, many)})
    for turn in range(options.rounds):
        print(f"round {turn + 1} of {options.rounds}", file=sys.stderr, flush=True)
        for jobs in (1, 2):
            cohort.batch(few, jobs)
        cohort.extract_in_process(many)
        for jobs in (1, 2):
            cohort.batch(many, jobs)
        cohort.extract_commands(few)
        if cohort.peer_name:
            cohort.pyradiomics(options.pyradiomics, min(options.peer_cases, many), 2)


def version_of(python):
    """The name of the peer with its version; None, with a line that says why, where it is not there"""
    if python is None:
        print("PyRadiomics is left out: give the Python that has it by --pyradiomics", file=sys.stderr)
        return None
    try:
        done = measuring.run([python, "-c", "import radiomics; print(radiomics.__version__.lstrip('v'))"])
    except (OSError, Problem) as problem:
        print(f"PyRadiomics is left out: {python} does not have it ({problem})", file=sys.stderr)
        return None
    return f"{PEER} {done.output.strip()}"


# Tables

def runs(cohort):
    rows = []
    for program, count, jobs in sorted(cohort.wall.found, key=lambda key: (key[0] != OURS, key)):
        wall = cohort.wall.get(program, count, jobs)
        title = cohort.peer_name if program == PEER else program
        rows.append([title, count, jobs, tables.number(wall), tables.number(cohort.cpu.get(program, count, jobs)),
                     tables.number(1000 * wall / count), tables.number(count / wall),
                     tables.number(cohort.peaks.get((program, count, jobs)))])
    head = ["program", "cases", "jobs", "wall, s", "CPU, s", "wall per case, ms", "cases per s", "peak, MB"]
    return tables.table(head, rows)


def targets(cohort, options):
    many, few = options.cases, min(FEW, options.cases)
    one, two = (cohort.per_case(OURS, many, jobs) for jobs in (1, 2))

    def overhead(times):
        share = tables.ratio(cohort.per_case(OURS, many, 1, times), cohort.per_case(IN_PROCESS, many, 1, times))
        return None if share is None else 100 * (share - 1)

    peer = cohort.per_case(PEER, min(options.peer_cases, many), 2)
    wanted = [
        ("two jobs on two cores, times the throughput of one on one", 1.8, False, tables.ratio(one, two), ""),
        ("batch over the sum of extract in one process, wall", 5, True, overhead(cohort.wall), " %"),
        ("the same, CPU", 5, True, overhead(cohort.cpu), " %"),
        ("batch, part of the sum of extract commands", 1.05, True,
         tables.ratio(one, cohort.per_case(COMMANDS, few, 1)), ""),
        (f"peak memory of {many} cases, part of that of {few}, two jobs", 1.1, True,
         tables.ratio(cohort.peaks.get((OURS, many, 2)), cohort.peaks.get((OURS, few, 2))), ""),
        ("throughput, times PyRadiomics', two jobs", 20, False, tables.ratio(peer, two), "")]
    return tables.table(["target", "limit", "measured", ""],
                        [tables.Target(title, limit, at_most, lambda _, figure=figure: figure, unit).row(cohort)
                         for title, limit, at_most, figure, unit in wanted])


def report(cohort, options):
    """{name of a section: its Markdown}"""
    kind = platform.machine().replace("_", "-")
    machine = f"Measured on a shared {os.cpu_count()}-core {kind} machine; rounds: {options.rounds}."
    return {"batch_machine": machine, "batch": runs(cohort), "batch_targets": targets(cohort, options)}


def main():
    options = arguments()
    os.environ.update(measuring.ONE_THREAD)  # parallel are the cases, of both programs
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        cohort = Cohort(options.build, pathlib.Path(folder))
        cohort.peer_name = version_of(options.pyradiomics)
        measure(options, cohort)
    sections = report(cohort, options)
    tables.publish(sections, options.page)


if __name__ == "__main__":
    try:
        main()
    except Problem as problem:
        sys.exit(f"batch.py: error: {problem}")
