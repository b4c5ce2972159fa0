"""Checks that the container has what the program needs: every shared library of it comes with the packages that
`scripts/install_dependencies run` lists, which the Dockerfile installs, and no package is listed in vain.

usage: check_container.py PROJECT_DIR PROGRAM"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

DATA_PACKAGES = {"fonts-dejavu-core"}  # the captions of contact sheets
SANITIZERS = re.compile(r"lib(a|l|t|ub)san\.")  # of a build for checks


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | {"LC_ALL": "C"}).stdout


def listed_packages(root):
    return re.search(r"^run=\(([^)]*)\)", (root / "scripts/install_dependencies").read_text(), re.M)[1].split()


def libraries_of(program):
    """{name: file} of all that the loader maps, and the names of those that the program asks for itself."""
    found = dict(re.findall(r"^\s*(\S+) => (/\S+)", output_of("ldd", program), re.M))
    asked = re.findall(r"NEEDED\s+(\S+)", output_of("objdump", "-p", program))
    return found, [name for name in asked if name in found]


def packages_of(files):
    """{file: its package}. On a system whose /lib is /usr/lib a package may own a file under either name."""
    names = {}
    for file in files:
        real = os.path.realpath(file)
        names |= dict.fromkeys((real, real.removeprefix("/usr"), "/usr" + real), file)
    found = subprocess.run(["dpkg", "-S", *names], capture_output=True, text=True).stdout.splitlines()
    owned = (line.rsplit(": ", 1) for line in found if ": " in line)
    return {names[name]: package.split(":")[0] for package, name in owned if name in names}


def with_dependencies(packages):
    """The packages, and what is installed of that which they depend on, over all steps."""
    lines = output_of("dpkg-query", "-W", "-f", "${Package}\t${Pre-Depends}, ${Depends}\n").splitlines()
    depends = dict(line.split("\t") for line in lines)
    found, left = set(), list(packages)
    while left:
        package = left.pop()
        if package in found or package not in depends:
            continue
        found.add(package)
        left += re.findall(r"(?:^|[,|])\s*([a-z0-9.+-]+)", depends[package])
    return found


def problems(root, program):
    listed = listed_packages(root)
    libraries, asked = libraries_of(program)
    owner_of = packages_of(libraries.values())
    owners = {name: owner_of.get(file) for name, file in libraries.items() if not SANITIZERS.match(name)}
    there = with_dependencies(listed)
    for name, package in sorted(owners.items()):
        if package not in there:
            yield f"scripts/install_dependencies: {name} is of the package {package}, which 'run' does not bring"
    used = DATA_PACKAGES | {owners.get(name) for name in asked}
    for package in sorted(set(listed) - used):
        yield f"scripts/install_dependencies: 'run' lists {package}, which the program does not use"
    dockerfile = (root / "Dockerfile").read_text()
    if not re.search(r"^RUN \S*install_dependencies run\b", dockerfile.rpartition("\nFROM ")[2], re.M):
        yield "Dockerfile: its last stage does not install what 'run' lists"
    for name in re.findall(r"^!(\S+)", (root / ".dockerignore").read_text(), re.M):
        if not (root / name).exists():
            yield f".dockerignore: there is no {name}"


if __name__ == "__main__":
    if not shutil.which("dpkg") or not shutil.which("objdump"):
        print("OK (skipped=1): no dpkg or objdump: this is not Debian")
        sys.exit()
    found = list(problems(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]))
    print("\n".join(found) or "the container has what the program needs")
    sys.exit(bool(found))
