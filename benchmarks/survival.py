"""Measures what the statistics cost, beside R, and prints it as Markdown.

usage: survival.py --build BUILD_DIR [--rounds N] [--seconds S] [--slow] [--only TEXT]...
                   [--rscript PROGRAM] [--folder DIR] [--page FILE]

R with its packages survival, glmnet and cmprsk, and radiomics_benchmark_survival, built in BUILD_DIR, are
asked for the same tasks in turn, round by round, on one core with one thread; of every time the fastest is
kept. Both read the same data: two tables of the reference data (RADIOMICS_TEST_DATA) and files that are
made for the run by a stated rule: see make_data(). Needs nothing but Python's standard library.

--page replaces the tables of a page between the lines `<!-- NAME -->` and `<!-- end -->`."""
import argparse
import array
import dataclasses
import math
import os
import pathlib
import random
import sys
import tempfile

import measuring
import tables
from measuring import Problem

OURS, PEER = "radiomics", "R"
MOST_VIOLATION = 1e-7  # of the conditions of a minimum, by ours


@dataclasses.dataclass
class Comparison:
    """A task, what both programs call it, and the part of R's time that it may take."""
    title: str
    theirs: str
    ours: str
    limit: float = None   # None: a figure beside the one that counts
    digits: int = 8       # that the answers share at least; R stops at a change of 1e-9
    once: bool = False    # R takes long: in the first round only
    slow: bool = False    # very long: with --slow only


COMPARISONS = [
    Comparison("Cox model, 10 000 x 10, Efron, untied", "cox", "cox", 0.3),
    Comparison("the same, R's C engine alone", "cox_engine", "cox"),
    Comparison("Cox model, 10 000 x 10, 60 distinct times", "cox_tied", "cox_tied", 0.3),
    Comparison("the same, R's C engine alone", "cox_tied_engine", "cox_tied"),
    Comparison("Cox model, 10 000 x 100", "cox_100", "cox_100", 0.5),
    Comparison("the same, R's C engine alone", "cox_100_engine", "cox_100"),
    Comparison("test of proportional hazards, 10 000 x 10", "ph_test", "ph_test", 2),
    Comparison("Kaplan-Meier, 10 000", "km", "km", 0.06),
    Comparison("log-rank, 10 000, 4 groups", "log_rank", "log_rank", 0.3),
    Comparison("concordance with error, 10 000", "concordance", "concordance", 0.5),
    Comparison("concordance of 1000 resamples of 500, concordance()", "concordance_bootstrap",
               "concordance_bootstrap"),
    Comparison("the same, concordancefit() alone", "concordance_bootstrap_engine", "concordance_bootstrap", 0.05),
    Comparison("1000 Cox models of one variable, 500", "univariable", "univariable", 0.06),
    Comparison("1000 refits to resamples, 500 x 5", "refits", "refits", 0.1),
    Comparison("lasso path, 500 x 1000, glmnet as it comes", "lasso", "lasso", 1, digits=2),
    Comparison("the same, thresh 1e-10", "lasso_exact", "lasso", 0.5, digits=3, once=True),
    Comparison("elastic net path (0.5), 500 x 1000, glmnet as it comes", "elastic_net", "elastic_net", 1, digits=2),
    Comparison("the same, thresh 1e-10", "elastic_net_exact", "elastic_net", 0.5, digits=3, once=True),
    Comparison("lasso path to 0.05, 10 000 x 1000, glmnet as it comes", "lasso_large", "lasso_large", 1, digits=2),
    Comparison("the same, thresh 1e-10", "lasso_large_exact", "lasso_large", 0.5, digits=3, once=True),
    Comparison("lasso by 10-fold cross-validation, 500 x 1000", "lasso_cv", "lasso_cv", 1, digits=2, once=True,
               slow=True),
    Comparison("Fine and Gray's model, 2000 x 3", "fine_gray", "fine_gray", 0.05),
    Comparison("Spearman's correlations, 500 x 1000", "spearman", "spearman", 0.5),
    Comparison("reading a CSV, 10 000 x 13", "read_csv", "read_csv", 0.17),
]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True, help="release build")
    parser.add_argument("--rounds", type=int, default=3, help="default: 3")
    parser.add_argument("--seconds", type=float, default=0.2,
                        help="how long a task is repeated in each round; default: 0.2")
    parser.add_argument("--slow", action="store_true", help="the cross-validation, too, for which R takes a minute")
    parser.add_argument("--only", action="append", metavar="TEXT", help="tasks whose name has TEXT in it")
    parser.add_argument("--rscript", default="Rscript", help="default: Rscript")
    parser.add_argument("--folder", type=pathlib.Path, help="where what is made for the run lies; "
                        "default: the folder for temporary files")
    parser.add_argument("--page", type=pathlib.Path, help="Markdown page to put the tables into")
    return parser.parse_args()


# Data

def write_columns(file, columns):
    with open(file, "wb") as stream:
        for column in columns:
            array.array("d", column).tofile(stream)


def outcome_of(columns, draw):
    """Exponential times with the hazard 0.05 exp(0.5 x1 - 0.4 x2 + 0.3 x3 + 0.2 x4 - 0.1 x5), censored evenly
    between 1 and 60"""
    times, events = [], []
    for x in zip(*columns[:5]):
        hazard = 0.05 * math.exp(sum(b * value for b, value in zip((0.5, -0.4, 0.3, 0.2, -0.1), x)))
        time, censored = draw.expovariate(hazard), draw.uniform(1, 60)
        times.append(min(time, censored))
        events.append(time <= censored)
    return times, events


def make_data(folder):
    """What both programs read beside the reference data, as doubles, column after column, drawn by Python's
    random numbers:
    large.bin: time, event, and 1000 columns of 10 000 independent normal numbers;
    resamples.bin: 1000 resamples of 500 patients, numbered from 0; causes.bin: 2000 causes of 0, 1 and 2."""
    draw = random.Random(20)
    columns = [[draw.gauss(0, 1) for _ in range(10000)] for _ in range(1000)]
    times, events = outcome_of(columns, draw)
    write_columns(folder / "large.bin", [times, events, *columns])
    write_columns(folder / "resamples.bin", [[draw.randrange(500) for _ in range(500)] for _ in range(1000)])
    write_columns(folder / "causes.bin", [[draw.randrange(3) for _ in range(2000)]])


def reference_data():
    folder = pathlib.Path(os.environ.get("RADIOMICS_TEST_DATA", ""), "survival/timing")
    if not (folder / "bench_10000x10.csv").is_file():
        raise Problem(f"{folder} has no bench_10000x10.csv: say where the reference data is by RADIOMICS_TEST_DATA")
    return folder


# Measuring

class Measured:
    """The fastest of each (program, task), and what it answered."""

    def __init__(self):
        self.seconds, self.checks, self.kkt = measuring.Fastest(), {}, {}
        self.peer_name = PEER

    def keep(self, program, task, answer):
        """An answer as the programs give it. \\throws Problem if it is not that of the round before"""
        key = program, task
        checks = answer["checks"]
        if not checks or not all(map(math.isfinite, checks)):
            raise Problem(f"{program} answers {checks} to {task}")
        if program == OURS and not answer["kkt"] <= MOST_VIOLATION:
            raise Problem(f"{task} violates the conditions of a minimum by {answer['kkt']:g}")
        if self.checks.setdefault(key, checks) != checks:
            raise Problem(f"{program} answers {checks} to {task}, and before {self.checks[key]}")
        self.seconds.add(key, answer["cpu_s"])
        self.kkt[key] = answer["kkt"]


def equal_digits(ours, theirs):
    """How many digits two lists of numbers share, at most 15. \\throws Problem if they are not alike"""
    if len(ours) != len(theirs):
        raise Problem(f"{len(ours)} numbers cannot be compared with {len(theirs)}")
    worst = max(abs(a - b) / max(abs(a), abs(b), 1e-300) for a, b in zip(ours, theirs))
    return 15 if worst < 1e-15 else max(0, math.floor(-math.log10(worst)))


def chosen(options):
    return [one for one in COMPARISONS if (options.slow or not one.slow) and
            (not options.only or any(text in one.theirs for text in options.only))]


def measure(options, programs, measured):
    for turn in range(options.rounds):
        print(f"round {turn + 1} of {options.rounds}", file=sys.stderr, flush=True)
        for one in chosen(options):
            if one.once and turn > 0:
                continue
            for program, task in ((PEER, one.theirs), (OURS, one.ours)):
                measured.keep(program, task, programs[program].ask(f"{task} {options.seconds}"))
            digits_of(measured, one)


# Tables

def digits_of(measured, one):
    """None if it was not measured. \\throws Problem if the programs did not do the same"""
    ours, theirs = measured.checks.get((OURS, one.ours)), measured.checks.get((PEER, one.theirs))
    if ours is None or theirs is None:
        return None
    digits = equal_digits(ours, theirs)
    if digits < one.digits:
        raise Problem(f"{one.theirs}: R answers {theirs}, we {ours}: they share {digits} digits, not {one.digits}")
    return digits


def verdict(share, limit):
    if share is None:
        return "not measured"
    if limit is None:
        return ""
    return "met" if share <= limit else "**missed**"


def violation(kkt):
    return f"{kkt:.0e}" if kkt else "–"


def comparisons(measured):
    rows = []
    for one in COMPARISONS:
        theirs, ours = measured.seconds.get(PEER, one.theirs), measured.seconds.get(OURS, one.ours)
        share = tables.ratio(ours, theirs)
        digits = digits_of(measured, one)
        rows.append([one.title, tables.number(theirs), tables.number(ours), tables.number(share),
                     "–" if one.limit is None else f"≤ {one.limit:g}", verdict(share, one.limit),
                     "–" if digits is None else digits, violation(measured.kkt.get((PEER, one.theirs))),
                     violation(measured.kkt.get((OURS, one.ours)))])
    return tables.table(["task", "R, s", "ours, s", "ours, part of R's", "limit", "", "equal digits",
                         "KKT, R", "KKT, ours"], rows)


def report(measured, options):
    kind = os.uname().machine.replace("_", "-")
    machine = (f"Measured on one core of a shared {os.cpu_count()}-core {kind} machine beside "
               f"{measured.peer_name}; rounds: {options.rounds}.")
    return {"survival_machine": machine, "survival": comparisons(measured)}


def main():
    options = arguments()
    data = reference_data()
    measuring.stay_on_one_core()
    measured = Measured()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        make_data(pathlib.Path(folder))
        commands = {OURS: [options.build / "benchmarks/radiomics_benchmark_survival", data, folder],
                    PEER: [options.rscript, measuring.PEERS / "survival.R", data, folder]}
        programs = {name: measuring.Dialogue(command, name) for name, command in commands.items()}
        measured.peer_name = programs[PEER].name
        measure(options, programs, measured)
        for program in programs.values():
            program.close()
    tables.publish(report(measured, options), options.page)


if __name__ == "__main__":
    try:
        main()
    except (OSError, Problem) as problem:
        sys.exit(f"survival.py: error: {problem}")
