"""Checks the documentation against the program and the files.

usage: check_documents.py PROJECT_DIR PROGRAM

* docs/features.md and docs/commands.md are what the program prints;
* the table of docs/defaults.md holds every setting of the preset default, with its value;
* docs/dicom.md holds every tolerance with its value, and the messages that it explains are ones of the readers;
* every link in a Markdown file leads somewhere;
* every command line in a Markdown file names a command and options that the program has."""
import pathlib
import re
import subprocess
import sys

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?:^|[\s`/])radiomics ((?:survival )?[a-z]+(?:-[a-z]+)*)((?:(?!\n).)*)", re.M)
DEFAULT = re.compile(r"^\| `(\w+\.\w+)` \| `([^`]*)` \|", re.M)
GENERATED = {"docs/features.md": ["features"], "docs/commands.md": ["commands"]}


def output_of(program, *arguments):
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout


def stale_pages(root, program):
    for page, arguments in GENERATED.items():
        if (root / page).read_text() != output_of(program, *arguments):
            yield f"{page}: is not what the program prints; run: radiomics {arguments[0]} > {page}"


def default_settings(program):
    """Keys and values of the file that `radiomics settings` prints."""
    settings, step = {}, ""
    for line in output_of(program, "settings", "default").splitlines():
        if found := re.fullmatch(r"(\w+):", line):
            step = found[1]
        elif found := re.fullmatch(r"  (\w+): (.*)", line):
            settings[f"{step}.{found[1]}"] = found[2]
    return settings


def wrong_defaults(root, program):
    page = "docs/defaults.md"
    stated = dict(DEFAULT.findall((root / page).read_text()))
    actual = default_settings(program)
    for key in sorted(stated.keys() | actual.keys()):
        if stated.get(key) != actual.get(key):
            yield f"{page}: {key} is {stated.get(key)} there and {actual.get(key)} in the program"


def wrong_tolerances(root, page):
    source = (root / "radiomics/io/dicom_tolerances.h").read_text()
    actual = {name: float(value) for name, value in
              re.findall(r"constexpr double (\w+) = ([^;]+);", source)}
    stated = {name: float(value) for name, value in
              re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", (root / page).read_text(), re.M)}
    for name in sorted(stated.keys() | actual.keys()):
        if stated.get(name) != actual.get(name):
            yield f"{page}: {name} is {stated.get(name)} there and {actual.get(name)} in the program"


def unknown_messages(root, page):
    """Of the tables whose first column quotes what a message says."""
    literals = "".join(re.sub(r'"\s*\n\s*"', "", file.read_text())
                       for room in ("io", "pipeline") for file in (root / "radiomics" / room).glob("*.cpp"))
    for cell in re.findall(r'^\| (".*?) \|', (root / page).read_text(), re.M):
        for message in re.findall(r'"([^"]+)"', cell):
            if message not in literals:
                yield f"{page}: no reader says '{message}'"


def broken_links(root, page):
    for target in LINK.findall(page.read_text()):
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists():
            yield f"{page.relative_to(root)}: the link to {target} leads nowhere"


def code_of(text):
    """The lines of code blocks and the words between backquotes."""
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.M | re.S)
    return "\n".join(block.replace("\\\n", " ") for block in blocks) + "\n" + "\n".join(
        re.findall(r"`([^`\n]+)`", text))


def unknown_commands(root, page, helps):
    for command, rest in COMMAND.findall(code_of(page.read_text())):
        if command not in helps:
            yield f"{page.relative_to(root)}: there is no command: radiomics {command}"
            continue
        for option in re.findall(r"(?<=\s)--[a-z-]+", rest.split("#")[0].split("|")[0]):
            if option not in helps[command]:
                yield f"{page.relative_to(root)}: radiomics {command} has no option {option}"


def problems(root, program):
    yield from stale_pages(root, program)
    yield from wrong_defaults(root, program)
    yield from wrong_tolerances(root, "docs/dicom.md")
    yield from unknown_messages(root, "docs/dicom.md")
    helps = dict(re.findall(r"^## radiomics ([a-z -]+)\n\n```\n(.*?)^```",
                            output_of(program, "commands"), re.M | re.S))
    pages = [page for page in root.rglob("*.md") if "build" not in page.relative_to(root).parts[0]]
    for page in sorted(pages):
        yield from broken_links(root, page)
        if str(page.relative_to(root)) not in GENERATED:
            yield from unknown_commands(root, page, helps)


if __name__ == "__main__":
    found = list(problems(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]))
    print("\n".join(found) or "the documents agree with the program")
    sys.exit(bool(found))
