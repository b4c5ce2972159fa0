"""Does what docs/prognosis.md says, on the sample cohort.

usage: tutorial_test.py PROJECT_DIR PROGRAM MAKE_COHORT

The verdict in README.md is the one that scripts/demo prints. The tutorial's blocks marked `sh` run in order, in one shell and one folder that holds the cohort; a command that
fails, fails the test. Of a block marked `text` every line but "..." stands, in that order, in what the
block of commands before it printed. Files that the page names by folder and name exist afterwards."""
import os
import pathlib
import re
import subprocess
import sys
import unittest

PROJECT = pathlib.Path(sys.argv.pop(1)).resolve()

from cohort import CohortTest, take_arguments  # noqa: E402

PROGRAM, MAKE_COHORT = take_arguments(2)
PAGE = (PROJECT / "docs/prognosis.md").read_text()
MARK = "-- end of block"


def blocks_of(page):
    """Pairs of commands and the lines that are quoted of what they print."""
    result = []
    for kind, text in re.findall(r"^```(sh|text)\n(.*?)^```", page, re.M | re.S):
        if kind == "sh":
            result.append((text, []))
        else:
            result[-1][1].extend(line for line in text.splitlines() if line != "...")
    return result


def first_missing(quoted, printed):
    """The first of the quoted lines that does not follow in its place, or None."""
    lines = iter(line.rstrip() for line in printed.splitlines())
    return next((line for line in quoted if line.rstrip() not in lines), None)


class Tutorial(CohortTest):
    make_cohort = MAKE_COHORT

    def run_script(self, script):
        environment = os.environ | {
            "PATH": os.pathsep.join([os.path.dirname(PROGRAM), os.environ["PATH"]])}
        return subprocess.run(["bash", "-euc", script], cwd=self.folder, env=environment,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def test_readme_shows_the_verdict_of_the_demo(self):
        demo = (PROJECT / "scripts/demo").read_text()
        steps = re.search(r'^say "radiomics survival compare.*?(?=^say )', demo, re.M | re.S)[0]
        programs = self.folder / "programs/cli"
        programs.mkdir(parents=True)
        (programs / "radiomics").symlink_to(PROGRAM)
        run = self.run_script(f'say() {{ :; }}; bin=programs; out=.\n{steps}')
        quote = re.search(r"^> OS: .*(?:\n> .*)*", (PROJECT / "README.md").read_text(), re.M)[0]
        self.assertEqual((run.returncode, run.stdout.strip()),
                         (0, " ".join(line[2:] for line in quote.splitlines())))

    def test_commands_do_what_the_page_says(self):
        blocks = blocks_of(PAGE)
        self.assertTrue(blocks and any(quoted for _, quoted in blocks))
        script = "".join(f"{commands}echo '{MARK}'\n" for commands, _ in blocks)
        run = self.run_script(script)
        printed = run.stdout.split(MARK + "\n")
        self.assertEqual((run.returncode, len(printed)), (0, len(blocks) + 1),
                         f"the last block that ran printed:\n{printed[-1]}")
        for (commands, quoted), output in zip(blocks, printed):
            missing = first_missing(quoted, output)
            self.assertIsNone(missing, f"'{missing}' is not what this prints:\n{commands}\n{output}")
        for name in re.findall(r"`([\w.-]+/[\w./-]+\.\w+)`", PAGE):
            if not (PROJECT / name).exists():
                self.assertTrue((self.folder / name).is_file(), f"there is no {name}")

    def test_a_line_that_is_not_printed_is_noticed(self):
        self.assertIsNone(first_missing(["a", "c"], "a\nb\nc \n"))
        self.assertEqual(first_missing(["c", "a"], "a\nb\nc\n"), "a")
        self.assertEqual(blocks_of("```sh\nx\n```\n\n```text\na\n...\n```\n"), [("x\n", ["a"])])


if __name__ == "__main__":
    unittest.main()
