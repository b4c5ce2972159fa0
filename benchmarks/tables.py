"""Markdown of what compare.py measured. A figure that was not measured is a dash, a target without
its figures is "not measured": nothing is made up."""
import dataclasses
import re
from collections.abc import Callable

OURS = "radiomics"
CT_REGIONS = ["ct_2mm", "ct_native", "ct_1mm"]
REGIONS = ["many_levels", "lung_ct", *CT_REGIONS, "ellipsoid_64"]
GROWTH_REGIONS = ["ellipsoid_1", "ellipsoid_4", "ellipsoid_16", "ellipsoid_64"]
TITLES = {"many_levels": "400 levels", "lung_ct": "lung tumour", "ct_2mm": "CT phantom, 2 mm",
          "ct_native": "CT phantom, native", "ct_1mm": "CT phantom, 1 mm",
          "ellipsoid_1": "ellipsoid", "ellipsoid_4": "ellipsoid", "ellipsoid_16": "ellipsoid",
          "ellipsoid_64": "ellipsoid"}
# family: the parts of ours that do what a peer does for it
FAMILIES = {"statistics": ["statistics"], "morphology": ["morphology"],
            "texture": ["texture/once"], "histogram": ["discretise", "histogram"], "ivh": ["ivh"],
            "moran_geary": ["moran_geary"], "local_intensity": ["local_intensity"]}
PEER_FAMILIES = {"PyRadiomics": ["all"], "Pictologics": [*FAMILIES, "all"]}
PARTS = ["prepare", "statistics", "discretise", "histogram", "ivh", "local_intensity",
         "moran_geary", "mesh", "convex_hull", "oriented_box", "enclosing_ellipsoid",
         "maximum_diameter", "axial_diameters", "principal_axes", "shape", "glcm", "glrlm",
         "zones", "glszm", "gldzm", "ngtdm", "ngldm", "texture", "all"]
COMMANDS = {"nifti": "CT phantom, NIfTI", "ct_phantom": "CT phantom, DICOM and RTSTRUCT",
            "lung_ct": "lung CT, DICOM and RTSTRUCT"}


# Text

def number(value, unit=""):
    """Two or three digits that count; a dash for None."""
    if value is None:
        return "–"
    digits = f"{value:.3g}" if value < 1000 else f"{value:.0f}"
    if "e" in digits:
        digits = f"{value:.6f}"
    return digits + unit


def milliseconds(seconds):
    return number(None if seconds is None else 1000 * seconds)


def ratio(theirs, ours):
    return None if theirs is None or ours is None else theirs / ours


def thousands(count):
    return "–" if count is None else f"{count:,}".replace(",", " ")


def table(head, rows):
    """Columns of numbers to the right, the first one and others of words to the left."""
    if not rows:
        return "Not measured: the reference data is not there."
    numbers = (re.match(r"[-≤≥\d–]", str(cell)) for cell in rows[0][1:])
    rules = ["---", *("---:" if is_number else "---" for is_number in numbers)]
    lines = [head, rules, *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def publish(sections, page):
    """Prints the tables, and puts them into a page if there is one."""
    print("\n\n".join(f"## {name}\n{text}" for name, text in sections.items()))
    if page:
        page.write_text(with_sections(page.read_text(), sections))


def with_sections(page, sections):
    """A page with its sections replaced: what stands between `<!-- NAME -->` and `<!-- end -->`.
    \\throws ValueError if a section of ours has no place in the page"""
    for name, text in sections.items():
        place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.S)
        if not place.search(page):
            raise ValueError(f"the page has no section <!-- {name} -->")
        page = place.sub(lambda found, new=text: f"{found[1]}{new}\n{found[2]}", page)
    return page


# Figures

def ours_of(comparison, family, region):
    """Our seconds for what a peer calls a family."""
    times = [comparison.features.get(OURS, part, region) for part in FAMILIES[family]]
    return None if None in times else sum(times)


def peer_called(comparison, name):
    """The full name of a peer, with its version; None if it was not measured."""
    return next((peer.name for peer in comparison.peers if peer.name.startswith(name)), None)


def measured_regions(comparison, regions):
    return [region for region in regions
            if comparison.features.get(OURS, "all/once", region) is not None]


# Sections

def peers(comparison):
    """All features of a region, ours and the peers'."""
    counts = comparison.counts
    names = [peer.name for peer in comparison.peers]
    head = ["region", "voxels", f"ours, {counts['radiomics all/once']} values, ms",
            f"ours, {counts['radiomics all/nine']} values, ms"]
    for name in names:
        head += [f"{name}, {counts[name]} values, ms", "times ours"]
    rows = []
    for region in measured_regions(comparison, REGIONS):
        ours = comparison.features.get(OURS, "all/once", region)
        row = [TITLES[region], thousands(comparison.voxels[region]), milliseconds(ours),
               milliseconds(comparison.features.get(OURS, "all/nine", region))]
        for name in names:
            theirs = comparison.features.get(name, "all", region)
            row += [milliseconds(theirs), number(ratio(theirs, ours))]
        rows.append(row)
    return table(head, rows)


def families(comparison):
    """Family by family beside Pictologics."""
    peer = peer_called(comparison, "Pictologics")
    regions = measured_regions(comparison, CT_REGIONS)
    if peer is None or not regions:
        return "Not measured: Pictologics or the reference data is not there."
    head = ["family"]
    for region in regions:
        head += [f"{TITLES[region]}: ours, ms", "theirs", "times ours"]
    rows = []
    for family in FAMILIES:
        row = [family.replace("_", " ")]
        for region in regions:
            ours = ours_of(comparison, family, region)
            theirs = comparison.features.get(peer, family, region)
            row += [milliseconds(ours), milliseconds(theirs), number(ratio(theirs, ours))]
        rows.append(row)
    return table(head, rows)


def parts(comparison):
    """What each part of ours costs."""
    regions = measured_regions(comparison, REGIONS)
    rows = []
    for part in PARTS:
        for choice in ("", "/once", "/nine"):
            times = [comparison.features.get(OURS, part + choice, region) for region in regions]
            if any(time is not None for time in times):
                label = part.replace("_", " ") + choice.replace("/", ", ")
                rows.append([label, *(milliseconds(time) for time in times)])
    return table(["part, ms", *(f"{TITLES[region]} ({thousands(comparison.voxels[region])})"
                                for region in regions)], rows)


def growth(comparison):
    """Time and memory of ellipsoids of four sizes."""
    rows = []
    for region in GROWTH_REGIONS:
        seconds, voxels = comparison.growth.get(region), comparison.voxels[region]
        peak = comparison.peaks[OURS, region]
        rows.append([thousands(voxels), number(seconds), number(1e9 * seconds / voxels),
                     number(peak), number(peak * 2**20 / voxels)])
    return table(["voxels", "174 features, s", "ns per voxel", "peak, MB", "bytes per voxel"], rows)


def commands(comparison):
    """Whole commands, from the start of a program to its end."""
    programs = {OURS: OURS, **{peer.name: peer.name for peer in comparison.peers},
                "floor": "reading floor (pydicom)"}
    rows = []
    for case, title in COMMANDS.items():
        for program, label in programs.items():
            wall = comparison.wall.get(program, case)
            if wall is None:
                continue
            times = ratio(wall, comparison.wall.get(OURS, case))
            rows.append([title, label, number(wall), number(comparison.cpu.get(program, case)),
                         number(comparison.peaks[program, case]), number(times)])
    return table(["case", "program", "wall, s", "CPU, s", "peak, MB", "times ours"], rows)


# Targets

@dataclasses.dataclass
class Target:
    """What is wanted, and the figure that decides; None: not measured."""
    title: str
    limit: float
    at_most: bool  # or at least
    figure: Callable
    unit: str = ""

    def row(self, comparison):
        figure = self.figure(comparison)
        if figure is None:
            verdict = "not measured"
        else:
            met = figure <= self.limit if self.at_most else figure >= self.limit
            verdict = "met" if met else "**missed**"
        sign = "≤" if self.at_most else "≥"
        return [self.title, f"{sign} {self.limit:g}{self.unit}", number(figure, self.unit), verdict]


def feature_time(choice, region):
    return lambda c: c.features.get(OURS, f"all/{choice}", region)


def share_of_peer(region):
    return lambda c: ratio(c.features.get(OURS, "all/once", region),
                           c.features.get(peer_called(c, "Pictologics"), "all", region))


def slowest_family(region):
    """The largest ratio of our time to Pictologics' among families."""
    def figure(comparison):
        peer = peer_called(comparison, "Pictologics")
        ratios = [ratio(ours_of(comparison, family, region),
                        comparison.features.get(peer, family, region)) for family in FAMILIES]
        return None if None in ratios else max(ratios)
    return figure


def slowdown_with_size(comparison):
    first, last = GROWTH_REGIONS[0], GROWTH_REGIONS[-1]
    times = [ratio(comparison.growth.get(region), comparison.voxels.get(region))
             for region in (last, first)]
    return ratio(*times)


def command_time(case):
    return lambda c: c.wall.get(OURS, case)


def besides_features(case, region):
    """The CPU time of a whole command that is not features, in reading floors."""
    def figure(comparison):
        command = comparison.cpu.get(OURS, case)
        features = comparison.features.get(OURS, "all/nine", region)
        floor = comparison.cpu.get("floor without start", case)
        return None if None in (command, features, floor) else (command - features) / floor
    return figure


def besides_work(case, region):
    """The CPU time of a whole command besides reading and features."""
    def figure(comparison):
        command = comparison.cpu.get(OURS, case)
        reading = comparison.cpu.get("our reading", case)
        features = comparison.features.get(OURS, "all/nine", region)
        return None if None in (command, reading, features) else command - reading - features
    return figure


def command_ratio(case):
    return lambda c: ratio(c.wall.get(peer_called(c, "Pictologics"), case), c.wall.get(OURS, case))


def peak_of_command(case):
    return lambda c: c.peaks.get((OURS, case))


TARGETS = [
    *(Target(f"174 features, {TITLES[region]}", limit, True, feature_time("once", region), " s")
      for region, limit in (("ct_2mm", 0.03), ("ct_native", 0.06), ("ct_1mm", 0.2))),
    Target("174 features, ellipsoid of 4.39 million voxels", 4, True,
           lambda c: c.growth.get("ellipsoid_64"), " s"),
    *(Target(f"all aggregations, {TITLES[region]}", limit, True, feature_time("nine", region), " s")
      for region, limit in (("ct_2mm", 0.06), ("ct_native", 0.15), ("ct_1mm", 0.5))),
    *(Target(f"174 features, part of Pictologics' time, {TITLES[region]}", 0.5, True,
             share_of_peer(region)) for region in CT_REGIONS),
    *(Target(f"slowest family, part of Pictologics' time, {TITLES[region]}", 1, True,
             slowest_family(region)) for region in CT_REGIONS),
    Target("GLCM of 400 levels", 0.05, True, lambda c: c.features.get(OURS, "glcm/once",
                                                                      "many_levels"), " s"),
    Target("time per voxel, largest ellipsoid to smallest", 1.5, True, slowdown_with_size),
    Target("whole command, CT phantom, DICOM", 0.2, True, command_time("ct_phantom"), " s"),
    Target("whole command, lung CT, DICOM", 0.4, True, command_time("lung_ct"), " s"),
    Target("its peak memory", 200, True, peak_of_command("lung_ct"), " MB"),
    *(Target(f"all but features, part of the reading floor, {COMMANDS[case].split(',')[0]}", 1.3,
             True, besides_features(case, region))
      for case, region in (("ct_phantom", "ct_native"), ("lung_ct", "lung_ct"))),
    *(Target(f"all but reading and features, {COMMANDS[case].split(',')[0]}", 0.05, True,
             besides_work(case, region), " s")
      for case, region in (("ct_phantom", "ct_native"), ("lung_ct", "lung_ct"))),
    *(Target(f"whole command, times faster than Pictologics, {COMMANDS[case].split(',')[0]}", 15,
             False, command_ratio(case)) for case in ("ct_phantom", "lung_ct")),
]


def targets(comparison):
    return table(["target", "limit", "measured", ""],
                 [target.row(comparison) for target in TARGETS])
