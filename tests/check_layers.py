"""Checks that every source file includes only what docs/architecture.md allows its folder, and that no two headers of
the library define types of one name.

usage: check_layers.py PROJECT_DIR

The rule is a list of what is allowed; everything else is refused: folders that are not listed,
libraries that are not listed, includes by macro. An include is looked for where a compiler would:
beside the file (for "x"), then below the project."""
import pathlib
import re
import sys

# folder of radiomics/: (folders of radiomics/ that it may include, libraries of its .cpp files)
ROOMS = {
    "core": ([], ["POSIX"]),
    "io": (["core"], ["ITK", "DCMTK"]),
    "preprocess": (["core"], ["ITK"]),
    "filters": (["core"], []),
    "texture": (["core"], []),
    "shape": (["core"], ["Eigen"]),
    "features": (["core", "texture", "shape", "preprocess"], ["Eigen"]),
    "tables": (["core"], ["nlohmann-json", "SQLite"]),
    "settings": (["core", "preprocess", "filters", "features"], ["yaml-cpp"]),
    "figures": (["core"], []),
    "statistics": (["core"], ["Eigen", "Boost.Math"]),
    "cohort": (["core", "tables", "statistics"], []),
    "report": (["core"], []),
    "survival": (["core", "tables", "figures", "statistics", "cohort", "report"],
                 ["nlohmann-json", "yaml-cpp"]),
    "qc": (["core", "io", "preprocess", "shape", "tables"], ["Cairo"]),
    "pipeline": (["core", "io", "preprocess", "filters", "texture", "shape", "features", "tables",
                  "settings", "qc"], []),
}
# programs, tests and benchmarks may include all of radiomics/ and their own folder
PROGRAMS = {
    "cli": ["CLI11"],
    "viewer": ["CLI11", "VTK", "POSIX"],
    "samples": ["DCMTK"],
    "tests": ["GoogleTest", "DCMTK", "nlohmann-json", "POSIX", "SQLite"],
    "benchmarks": ["Google Benchmark", "DCMTK", "ITK", "POSIX"],
}
ALSO_SEE = {
    "tests": ["samples", "viewer"],  # to test them
    "benchmarks": ["samples"],       # to make what they measure
}

# single files that may do more, in headers too
EXCEPTIONS = {
    r"radiomics/core/fft\.cpp": ["FFTW", "kissfft"],
    r"radiomics/core/sha256\.cpp": ["OpenSSL"],
    r"radiomics/io/itk_bridge\.h": ["ITK"],
    r"tests/support/\w+\.h": ["GoogleTest", "POSIX", "nlohmann-json"],
    r"viewer/display\.cpp": ["POSIX"],
    r"viewer/vtk_\w+\.h": ["VTK"],
}
LIBRARIES = {
    "ITK": r"(itk|gdcm)\w+\.h",  # and the GDCM that it brings
    "DCMTK": r"dcmtk/.+",
    "VTK": r"vtk\w+\.h",
    "Eigen": r"Eigen/.+",
    "FFTW": r"fftw3\.h",
    "kissfft": r"(kissfft/)?(kiss_fft\w*\.h|kissfft\.hh)",
    "nlohmann-json": r"nlohmann/.+",
    "OpenSSL": r"openssl/.+",
    "SQLite": r"sqlite3\.h",
    "yaml-cpp": r"yaml-cpp/.+",
    "Boost.Math": r"boost/math/.+",
    "Cairo": r"(cairo/)?cairo[\w-]*\.h",
    "CLI11": r"CLI/.+",
    "GoogleTest": r"(gtest|gmock)/.+",
    "Google Benchmark": r"benchmark/.+",
    "POSIX": r"(dlfcn|fcntl|malloc|unistd|sys/\w+)\.h",
}
# A type of the library's namespace, defined in a header: a second one of its name is another type
# under one name, which the linker mixes up without a word.
TYPE = re.compile(r"^(?:struct|class|enum class) (\w+)\b[^;]*?\{", re.M)
STANDARD_HEADER = re.compile(r"[a-z_0-9]+")  # <vector>: neither folder nor suffix

SOURCES = {".h", ".hh", ".hpp", ".hxx", ".inl", ".ipp", ".tpp", ".inc", ".c", ".cc", ".cpp", ".cxx"}
NOT_OURS = (".", "build", "cmake")  # top folders that begin so
COMMENTS_AND_STRINGS = re.compile(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.S)
DIRECTIVE = re.compile(r"^[ \t]*#[ \t]*(?:include|include_next|import)\b[ \t]*(.*)$", re.M)


def includes_of(text):
    """What stands behind each #include: '<vector>', '"x.h"', 'MACRO'."""
    joined = text.replace("\\\n", "")
    code = COMMENTS_AND_STRINGS.sub(lambda m: m[0] if m[0].startswith('"') else " ", joined)
    return [operand.strip() for operand in DIRECTIVE.findall(code)]


def room_of(path):
    """The folder that the rule is about: "radiomics/io", "cli"; "" for files at the top."""
    depth = 2 if path.parts[0] == "radiomics" else 1
    return "/".join(path.parts[:-1][:depth])


def allowed_rooms(room):
    """The rooms that a room may include, or None if it is not listed."""
    if room in PROGRAMS:
        return {room, *(f"radiomics/{name}" for name in ROOMS), *ALSO_SEE.get(room, [])}
    name = room.removeprefix("radiomics/")
    if not room.startswith("radiomics/") or name not in ROOMS:
        return None
    return {room} | {f"radiomics/{other}" for other in ROOMS[name][0]}


def allowed_libraries(path):
    """The libraries that a file may include."""
    for pattern, libraries in EXCEPTIONS.items():
        if re.fullmatch(pattern, str(path)):
            return libraries
    if path.suffix != ".cpp":
        return []
    room = room_of(path)
    return PROGRAMS[room] if room in PROGRAMS else ROOMS[room.removeprefix("radiomics/")][1]


def find(root, path, operand):
    """The file of the project that an include names, relative to its root, or None."""
    name = operand[1:-1]
    places = [root / path.parent / name] if operand.startswith('"') else []
    for place in [*places, root / name]:
        file = place.resolve()
        if file.is_file() and file.is_relative_to(root):
            return file.relative_to(root)
    return None


def problem_of(root, path, operand):
    if not re.fullmatch(r'<[^<>]+>|"[^"]+"', operand):
        return f"includes {operand}, which only the preprocessor knows"
    if target := find(root, path, operand):
        room = room_of(target)
        return None if room in allowed_rooms(room_of(path)) else f"may not include {target}"
    name = operand[1:-1]
    if operand.startswith("<") and STANDARD_HEADER.fullmatch(name):
        return None
    library = next((key for key, names in LIBRARIES.items() if re.fullmatch(names, name)), None)
    if library is None:
        return f"includes {operand}, which is neither ours nor of a library that we use"
    return None if library in allowed_libraries(path) else f"may not include {operand} ({library})"


def problems(root):
    root = pathlib.Path(root).resolve()
    types = {}
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root)
        if path.suffix not in SOURCES or path.parts[0].startswith(NOT_OURS) or not file.is_file():
            continue
        if allowed_rooms(room_of(path)) is None:
            yield f"{path}: lies in a folder that the rule does not know"
            continue
        text = file.read_text()
        for operand in includes_of(text):
            if problem := problem_of(root, path, operand):
                yield f"{path}: {problem}"
        for name in TYPE.findall(text) if path.parts[0] == "radiomics" and path.suffix == ".h" else []:
            if (first := types.setdefault(name, path)) != path:
                yield f"{path}: {first} defines a type '{name}', too"


if __name__ == "__main__":
    found = list(problems(sys.argv[1]))
    print("\n".join(found) or "every include is allowed, every type has a name of its own")
    sys.exit(bool(found))
