"""No output of the programs says who the patients are: names, numbers, dates, places, UIDs and free
text are planted in exports, good and damaged ones, and looked for in all that every command writes.

usage: identity_test.py PROGRAM MAKE_COHORT [VIEWER]"""
import csv
import gzip
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import zlib

from pictures import environment, nifti

PROGRAM, MAKE_COHORT = (os.path.abspath(path) for path in sys.argv[1:3])
VIEWER = os.path.abspath(sys.argv[3]) if sys.argv[3:] and os.path.isfile(sys.argv[3]) else None
del sys.argv[1:4 if VIEWER else 3]

# What is planted in every DICOM object, by tag: (type, value). {} is the number of the patient.
PLANTED = {
    0x00080020: ("DA", "19870623"), 0x00080050: ("SH", "ACCN7788Q"),
    0x00080080: ("LO", "Klinikum Zwetschgenheim"), 0x00080081: ("ST", "Kirschkernweg 17"),
    0x00080090: ("PN", "Quacksalber^Ottokar"), 0x00081010: ("SH", "STATIONQX9"),
    0x00081030: ("LO", "Verlauf Frau Zwiebelring"), 0x0008103E: ("LO", "Thorax Herr Pflaumenmus"),
    0x00081040: ("LO", "Abteilung Rhabarber"), 0x00081048: ("PN", "Salbei^Roswitha"),
    0x00081070: ("PN", "Kurbelmann^Theobald"), 0x00100010: ("PN", "Apfelstrudel^Walpurga"),
    0x00100020: ("LO", "PID-QX-{:02}"), 0x00100030: ("DA", "19331122"),
    0x00101000: ("LO", "OTHERID-5577"), 0x00101001: ("PN", "Birnbaum^Walpurga"),
    0x00101040: ("LO", "Apfelgasse 4, 99999 Obstdorf"), 0x00102154: ("SH", "0555-123987"),
    0x00104000: ("LT", "Patientin ist die Nachbarin von Frau Mirabelle"),
    0x00181000: ("LO", "SERIAL-88QX-1"), 0x00181030: ("LO", "Protokoll Dr. Holunder"),
    0x00200010: ("SH", "STUDYQX5519"), 0x00204000: ("LT", "Vergleich mit Herrn Stachelbeere"),
    0x00321032: ("PN", "Weichsel^Hildegard"), 0x00090010: ("LO", "CREATOR QX"),
    0x00091001: ("LO", "Privat: Frau Quittenbrot"),
}
PLANTED_IN_MASKS = {
    0x30060002: ("SH", "Plan Johannisb"), 0x30060004: ("LO", "Plan von Frau Preiselbeer"),
    0x30060006: ("ST", "gezeichnet von Dr. Vogelbeere"), 0x00700081: ("LO", "Inhalt Herr Marille"),
    0x00700084: ("PN", "Heidelbeer^Kunigunde"),
}
CHARSETS = {"GB18030": ("gb18030", "欧阳^娜娜"), "ISO_IR 100": ("latin-1", "Müßiggänger^Ägidius"),
            "ISO_IR 192": ("utf-8", "Żółćmłot^Źdźbło")}
PARENT = "Apfelstrudel_Walpurga_1933"  # the folder above what is typed


class Dicom:
    """A file of explicit little endian data whose top-level elements can be changed."""

    def __init__(self, path):
        self.path, data = path, path.read_bytes()
        start = 144 + struct.unpack_from("<I", data, 140)[0]
        self.head, self.elements, at = data[:start], {}, start
        while at < len(data):
            group, element, kind = struct.unpack_from("<HH2s", data, at)
            long = kind in (b"OB", b"OW", b"SQ", b"UN", b"UT", b"OF", b"UC", b"UR")
            length = struct.unpack_from("<I" if long else "<H", data, at + (8 if long else 6))[0]
            begin = at + (12 if long else 8)
            end = len(data) if length == 0xFFFFFFFF else begin + length  # compressed pixels are last
            self.elements[group << 16 | element] = data[at:end]
            at = end

    def set(self, tag, kind, value, encoding="ascii"):
        value = value if isinstance(value, bytes) else value.encode(encoding)
        value += b"" if len(value) % 2 == 0 else b"\0" if kind == "UI" else b" "
        self.elements[tag] = struct.pack("<HH2sH", tag >> 16, tag & 0xFFFF, kind.encode(), len(value)) + value

    def text(self, tag):
        return self.elements[tag][8:].rstrip(b"\0 ").decode("latin-1") if tag in self.elements else ""

    def save(self):
        self.path.write_bytes(self.head + b"".join(self.elements[tag] for tag in sorted(self.elements)))


class Patient:
    """A copy of a patient of the sample cohort with UIDs of its own and planted identities."""

    def __init__(self, source, folder, number, charset="ISO_IR 192"):
        shutil.copytree(source, folder)
        self.folder = folder
        files = sorted(file for file in folder.rglob("*") if file.is_file())
        for file in files:
            if file.read_bytes()[128:132] != b"DICM":
                file.unlink()
                continue
            file.write_bytes(re.sub(rb"2\.25\.\d{15,}", lambda uid: self.renumbered(uid[0], number),
                                    file.read_bytes()))
            self.plant(Dicom(file), number, charset)
        objects = [Dicom(file) for file in files if file.exists()]
        self.slices = sorted((one for one in objects if one.text(0x00080060) == "CT"),
                             key=lambda one: float(one.text(0x00200032).split("\\")[2]))
        self.mask = next(one for one in objects if one.text(0x00080060) != "CT")

    @staticmethod
    def renumbered(uid, number):
        return uid[:-2] + b"%02d" % ((int(uid[-2:]) + number) % 100)

    @staticmethod
    def plant(one, number, charset):
        encoding, name = CHARSETS[charset]
        one.set(0x00080005, "CS", charset)
        planted = PLANTED | (PLANTED_IN_MASKS if one.text(0x00080060) != "CT" else {})
        for tag, (kind, value) in planted.items():
            one.set(tag, kind, value.format(number), encoding)
        one.set(0x00101001, "PN", name, encoding)
        one.save()

    def change_slices(self, tag, kind, value_of):
        for one in self.slices:
            one.set(tag, kind, value_of(one))
            one.save()

    def change_mask(self, old, new):
        data = self.mask.path.read_bytes()
        assert len(old) == len(new) and old in data, old
        self.mask.path.write_bytes(data.replace(old, new))


def without(tag):
    def change(patient):
        for one in patient.slices:
            del one.elements[tag]
            one.save()
    return change


def first_slices(change):
    """Damages the bytes of some slices in the middle."""
    def damage(patient):
        for one in patient.slices[8:14]:
            one.path.write_bytes(change(one.path.read_bytes()))
    return damage


def in_slices(tag, kind, value):
    return lambda patient: patient.change_slices(
        tag, kind, value if callable(value) else lambda one: value)


def in_one_slice(tag, kind, value):
    def change(patient):
        patient.slices[9].set(tag, kind, value)
        patient.slices[9].save()
    return change


def in_mask(tag, kind, value):
    def change(patient):
        patient.mask.set(tag, kind, value)
        patient.mask.save()
    return change


def other_position(one):
    x, y, z = (float(text) for text in one.text(0x00200032).split("\\"))
    return f"{x}\\{y}\\{z + 0.8:.3f}"


def same_uid_other_pixels(patient):
    data = bytearray(patient.slices[9].path.read_bytes())
    data[-2] ^= 1
    patient.slices[9].path.with_name("copy.dcm").write_bytes(data)


def no_patient_id(patient):
    for one in (*patient.slices, patient.mask):
        one.set(0x00100020, "LO", "")
        one.save()


def foreign_series(patient):
    uid = patient.slices[0].text(0x0020000E).encode()
    patient.change_mask(uid, uid[:-4] + b"0000")


def coordinate_that_is_a_name(patient):
    data = bytearray(patient.mask.path.read_bytes())
    at = data.index(b"\x06\x30\x50\x00DS") + 8
    data[at:at + 4] = b"Frau"
    patient.mask.path.write_bytes(data)


# What may be wrong with an export: name, the patient of the cohort, what is done to it.
DAMAGES = [
    ("good", "0003", lambda patient: None),
    ("good_seg", "0008", lambda patient: None),
    ("good_several", "0004", lambda patient: None),
    ("cut_mask", "0003", lambda p: p.mask.path.write_bytes(p.mask.path.read_bytes()[:3000])),
    ("empty_mask", "0003", lambda p: p.mask.path.write_bytes(b"")),
    ("mask_of_another_patient", "0003", in_mask(0x00100020, "LO", "PID-OTHER-QX")),
    ("missing_slice", "0003", lambda p: p.slices[9].path.unlink()),
    ("tilted", "0003", in_slices(0x00200037, "DS", "1\\0\\0\\0\\0.965926\\0.258819")),
    ("same_uid_other_pixels", "0003", same_uid_other_pixels),
    ("other_frame", "0003", in_slices(0x00200052, "UI", "2.25.123456789012345678901234567890")),
    ("frame_of_one_slice", "0003", in_one_slice(0x00200052, "UI", "2.25.1234567890123456789012345")),
    ("no_frame", "0003", without(0x00200052)),
    ("no_rescale", "0003", without(0x00281053)),
    ("rescale_is_a_name", "0003", in_one_slice(0x00281053, "DS", "Mirabelle")),
    ("spacing_is_a_name", "0003", in_one_slice(0x00280030, "DS", "Frau\\Mirabelle")),
    ("spacing_of_one_slice", "0003", in_one_slice(0x00280030, "DS", "1.5\\1.5")),
    ("no_position", "0003", without(0x00200032)),
    ("between_slices", "0003", in_slices(0x00200032, "DS", other_position)),
    ("several_frames", "0003", in_slices(0x00280008, "IS", "3")),
    ("other_object", "0003", in_slices(0x00080060, "CS", "SR")),
    ("two_patients", "0003", in_one_slice(0x00100020, "LO", "PID-SECOND-QX")),
    ("no_patient_id", "0003", no_patient_id),
    ("no_series_uid", "0003", without(0x0020000E)),
    ("cut_slices", "0003", first_slices(lambda data: data[:-9000])),
    ("cut_headers", "0003", first_slices(lambda data: data[:700])),
    ("empty_slices", "0003", first_slices(lambda data: b"")),
    ("cut_rle", "0012", first_slices(lambda data: data[:-2000])),
    ("bad_rle", "0012", first_slices(lambda data: data[:-2000] + b"\xff" * 2000)),
    ("unknown_syntax", "0003", first_slices(
        lambda data: data.replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.9.9.9\0"))),
    ("foreign_series", "0003", foreign_series),
    ("same_names", "0004", lambda p: p.change_mask(b"GTVn", b"GTV ")),
    ("open_contours", "0003", lambda p: p.change_mask(b"CLOSED_PLANAR ", b"OPEN_PLANAR   ")),
    ("coordinate_is_a_name", "0003", coordinate_that_is_a_name),
    ("cut_seg", "0008", lambda p: p.mask.path.write_bytes(p.mask.path.read_bytes()[:-900])),
    ("seg_in_other_frame", "0008", in_slices(0x00200052, "UI", "2.25.99999999999999999999999")),
    ("seg_of_another_type", "0008", in_mask(0x00620001, "CS", "OTHER")),
    ("no_mask", "0003", lambda p: p.mask.path.unlink()),
    ("no_image", "0003", lambda p: [one.path.unlink() for one in p.slices]),
]


def variants_of(text):
    """The bytes of a text in the encodings in which it could be written."""
    for encoding in ("utf-8", "latin-1", "gb18030", "utf-16-le", "utf-16-be"):
        try:
            yield text.encode(encoding)
        except UnicodeEncodeError:
            pass


def unpacked(name, data):
    """What a reader sees of a file: of compressed ones the content, of pictures the text chunks."""
    yield data
    if name.endswith(".gz"):
        yield gzip.decompress(data)
    if data.startswith(b"\x89PNG"):
        at = 8
        while at < len(data):
            length, kind = struct.unpack_from(">I4s", data, at)
            content = data[at + 8:at + 8 + length]
            if kind in (b"zTXt", b"iTXt"):
                for start in range(len(content)):
                    try:
                        yield zlib.decompress(content[start:])
                        break
                    except zlib.error:
                        pass
            at += length + 12


class Watch:
    """Reads, while a program runs, every file that appears in some folders."""

    def __init__(self, *folders):
        self.folders, self.seen, self.running = folders, {}, True
        self.thread = threading.Thread(target=self.look)

    def look(self):
        while self.running:
            for folder in self.folders:
                for path, _, names in os.walk(folder):
                    for name in names:
                        self.read(os.path.join(path, name))
            time.sleep(0.002)

    def read(self, path):
        try:
            key = path, os.stat(path).st_size
            if key not in self.seen:
                self.seen[key] = pathlib.Path(path).read_bytes()
        except OSError:
            pass  # it is gone again

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.running = False
        self.thread.join()


class Identities(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shared = tempfile.TemporaryDirectory()
        cls.addClassCleanup(shared.cleanup)
        cls.folder = pathlib.Path(shared.name, PARENT)
        cls.temporary = pathlib.Path(shared.name, "temporary")
        cls.folder.mkdir()
        cls.temporary.mkdir()
        subprocess.run([MAKE_COHORT, cls.folder / "cohort"], check=True, stdout=subprocess.DEVNULL)
        charsets = list(CHARSETS)
        for number, (name, source, damage) in enumerate(DAMAGES):
            damage(Patient(cls.folder / "cohort/dicom" / source, cls.folder / "export" / name, number,
                           charsets[number % len(charsets)]))
        cls.plant_in_files()
        cls.patterns = cls.all_patterns()

    @classmethod
    def plant_in_files(cls):
        """Label images whose headers have room for text."""
        files = cls.folder / "files"
        files.mkdir()
        size, ball = (12, 12, 6), lambda x, y, z: 40 if 3 < x < 9 and 3 < y < 9 and 0 < z < 5 else 0
        image = bytearray(nifti(size, (2, 2, 3), ball))
        image[148:148 + 80] = b"Frau Zwiebelring, Apfelstrudel^Walpurga".ljust(80, b"\0")  # descrip
        image[228:228 + 24] = b"Pflaumenmus".ljust(24, b"\0")  # aux_file
        (files / "scan.nii").write_bytes(image)
        (files / "packed.nii.gz").write_bytes(gzip.compress(bytes(image)))
        (files / "cut.nii").write_bytes(image[:-100])
        voxels = bytes(min(1, ball(x, y, z)) for z in range(6) for y in range(12) for x in range(12))
        grid = ("space directions: (2,0,0) (0,2,0) (0,0,3)\nspace origin: (0,0,0)\n")
        (files / "mask.nrrd").write_bytes(
            ("NRRD0004\n# Apfelstrudel^Walpurga\ntype: uint8\ndimension: 3\nsizes: 12 12 6\n"
             "space: left-posterior-superior\nencoding: raw\n" + grid +
             "content: Thorax Herr Pflaumenmus\nPatientName:=Apfelstrudel^Walpurga\n\n").encode() + voxels)
        (files / "mask.mha").write_bytes(
            b"ObjectType = Image\nNDims = 3\nComment = Frau Zwiebelring\nPatientName = Apfelstrudel^Walpurga\n"
            b"BinaryData = True\nElementSpacing = 2 2 3\nDimSize = 12 12 6\n"
            b"ElementType = MET_UCHAR\nElementDataFile = LOCAL\n" + voxels)
        (files / "list.csv").write_text("image,mask\nscan.nii,mask.nrrd\npacked.nii.gz,mask.mha\n"
                                        "cut.nii,mask.nrrd\nscan.nii,none.nii\n")

    @classmethod
    def all_patterns(cls):
        lines = (cls.folder / "cohort/planted_identities.txt").read_text(encoding="utf-8").split("\n")
        texts = {line for line in lines if line and not line.startswith("2.25.")} | {PARENT}
        for _, value in (*PLANTED.values(), *PLANTED_IN_MASKS.values()):
            texts |= {value.split("{")[0], *(word for word in re.split(r"[\^ ,:]", value) if len(word) > 6)}
        texts |= {part for _, name in CHARSETS.values() for part in name.split("^")}
        texts |= {"PID-OTHER", "PID-SECOND", "Mirabelle"}
        texts -= {"Patientin", "Vergleich", "Protokoll", "Abteilung", "gezeichnet", "PID-QX-{:02}",
                  "Privat", "CREATOR"}
        return {pattern: text for text in texts for pattern in variants_of(text)}

    # ---- running and searching ----

    def run_program(self, *arguments, program=PROGRAM, variables=None, watched=()):
        variables = (variables or environment()) | {"TMPDIR": str(self.temporary)}
        with Watch(self.temporary, *watched) as watch:
            result = subprocess.run([program, *map(str, arguments)], cwd=self.folder, env=variables,
                                    capture_output=True, timeout=300)
        self.assertIn(result.returncode, (0, 1, 2), result.stderr)
        for (path, _), data in watch.seen.items():
            self.search(data, f"{path} during {arguments}")
        self.assertEqual(list(self.temporary.iterdir()), [], "temporary files are left")
        return result

    def search(self, data, where, allowed=()):
        for content in unpacked(where, data):
            for pattern, text in self.patterns.items():
                if pattern not in content or text in allowed:
                    continue
                # a number is found by chance inside a longer one
                hit = re.search(rb"(?<![\d.])" + re.escape(pattern) + rb"(?![\d.])", content)
                self.assertIsNone(hit, f"{where}: {text!r}")
            # those of DICOM itself (1.2.840.10008), such as a transfer syntax, are nobody's
            uid = re.search(rb"(?<![\d.])(?!1\.2\.840\.10008\.)([012]\.\d+\.\d{10,}|[012](\.\d+){6,})", content)
            self.assertIsNone(uid, f"{where}: a UID")

    def search_output(self, result, *outputs, allowed=()):
        self.search(result.stdout, f"standard output of {result.args}", allowed)
        self.search(result.stderr, f"standard error of {result.args}", allowed)
        for output in outputs:
            files = [file for file in (self.folder / output).rglob("*") if file.is_file()]
            self.assertGreater(len(files), 0, output)
            for file in files:
                self.search(str(file.relative_to(self.folder / output)).encode(), "name of a file", allowed)
                self.search(file.read_bytes(), file.name, allowed)

    # ---- the tests ----

    def test_the_search_finds_what_is_planted(self):
        for kind in ("utf-8", "gb18030", "utf-16-le"):
            with self.assertRaises(AssertionError):
                self.search("xx娜娜xx".encode(kind), "text")
        with self.assertRaises(AssertionError):
            self.search(b"series 2.25.1234567890123456", "text")
        for file in ("cut_mask", "good_seg", "gb18030"):
            for path in (self.folder / "export" / file).rglob("*.dcm"):
                with self.assertRaises(AssertionError):
                    self.search(path.read_bytes(), path.name)
        self.search(b"GTV-1, 2.25 mm, 1987062399, -1.2.3", "text")

    def test_inspect(self):
        for form in ("text", "json"):
            for path in ("export", "files", self.folder / "export"):
                self.search_output(self.run_program("inspect", path, "--format", form))
        for name, _, _ in DAMAGES:
            for path in sorted((self.folder / "export" / name).rglob("*"))[-3:]:
                self.search_output(self.run_program("inspect", path.relative_to(self.folder)))
        document = json.loads(self.run_program("inspect", "export", "--format", "json").stdout)
        self.assertGreater(document["summary"]["problems"], 20)
        self.assertEqual(document["patients"][0]["name"], "patient 1")

    def test_extract(self):
        for name, _, _ in DAMAGES:
            path = f"export/{name}"
            self.search_output(self.run_program("extract", path, path, "--preset", "native"))
        for form in ("wide", "long", "json"):
            result = self.run_program("extract", "export/good", "export/good", "--format", form, "--output",
                                      f"{form}/table.txt", watched=[self.folder / form])
            self.assertEqual(result.returncode, 0, result.stderr)
            self.search_output(result, form)
        for mask in ("mask.nrrd", "mask.mha"):
            self.search_output(self.run_program("extract", "files/scan.nii", f"files/{mask}"))
        self.search_output(self.run_program("extract", "export/good", "export/good_seg"))
        self.search_output(self.run_program("extract", "export", "export/good"))

    def test_batch(self):
        accepted = [word for what in ("patient", "series", "frame-of-reference", "images")
                    for word in ("--accept-mismatch", what)]
        for name, arguments in (("out", ["export", "--jobs", "2"]), ("list", ["files/list.csv"]),
                                ("accepted", ["export", *accepted, "--preset", "native"]),
                                ("absolute", [self.folder / "export", "--preset", "native"])):
            result = self.run_program("batch", *arguments, "--output", name, watched=[self.folder / name])
            self.assertEqual(result.returncode, 1, result.stderr)
            self.search_output(result, name)
        with open(self.folder / "out/failures.csv", newline="", encoding="utf-8") as file:
            self.assertGreater(len(list(csv.DictReader(file))), 20)

    def test_batch_that_is_killed(self):
        process = subprocess.Popen([PROGRAM, "batch", "export", "--jobs", "1", "--output", "killed"],
                                   cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=environment() | {"TMPDIR": str(self.temporary)})
        told = b""
        while b"\n3/" not in told:
            told += process.stderr.readline()
        process.kill()
        out, rest = process.communicate()
        self.search(told + rest + out, "messages of a batch that was killed")
        self.assertEqual(list(self.temporary.iterdir()), [])
        for file in (self.folder / "killed").rglob("*"):
            self.search(str(file.relative_to(self.folder)).replace(PARENT, "").encode(), "name of a file")
            if file.is_file():
                self.search(file.read_bytes(), file.name)

    def test_qc(self):
        for name, path in (("sheets", "export"), ("sheets_of_files", "files/list.csv")):
            result = self.run_program("qc", path, "--output", name, watched=[self.folder / name])
            self.assertEqual(result.returncode, 1, result.stderr)
            self.search_output(result, name)
            for file in (self.folder / name).glob("*.png"):
                kinds = set(re.findall(rb"(?:IHDR|IDAT|IEND|tEXt|zTXt|iTXt|eXIf|tIME)", file.read_bytes()))
                self.assertLessEqual(kinds, {b"IHDR", b"IDAT", b"IEND"}, "a picture with text or a time")

    def test_mask(self):
        if b"\n  mask " not in self.run_program("--help").stdout:
            return  # not in this version
        for name, _, _ in DAMAGES:
            for extension in ("nii.gz", "nrrd", "mha"):
                output = self.folder / "masks" / name
                output.mkdir(parents=True, exist_ok=True)
                result = self.run_program("mask", f"export/{name}", f"export/{name}", "--output",
                                          f"masks/{name}/one.{extension}")
                self.search_output(result)
                for file in output.iterdir():
                    self.search(file.read_bytes(), file.name)

    def test_survival(self):
        result = self.run_program(
            "survival", "km", "--clinical", "cohort/clinical.csv", "--endpoint",
            "OS:time=os_months,event=os_event", "--by", "stage_group", "--output", "km",
            watched=[self.folder / "km"])
        self.assertEqual(result.returncode, 0, result.stderr)
        self.search_output(result, "km")

    def test_viewer(self):
        if not VIEWER or not shutil.which("Xvfb"):
            self.skipTest("needs the viewer and Xvfb (package xvfb)")
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.terminate)
        display = environment(":" + server.stdout.readline().strip())
        (self.folder / "shots").mkdir()
        for name, _, _ in DAMAGES:
            result = self.run_program(f"export/{name}", f"export/{name}", "--screenshot",
                                      f"shots/{name}.png", "--size", "300x300", program=VIEWER,
                                      variables=display)
            self.search_output(result)
        self.search_output(result, "shots")

    # ---- what the user asks for ----

    def test_linkage_is_the_only_output_that_identifies(self):
        result = self.run_program("batch", "export", "--output", "linked", "--linkage", "linkage.csv",
                                  "--preset", "native")
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn(b"radiomics: warning: linkage.csv: says which case is which patient", result.stderr)
        self.search_output(result, "linked")
        with open(self.folder / "linkage.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(list(rows[0]), ["case", "path", "mask", "PatientID", "StudyInstanceUID",
                                         "SeriesInstanceUID"])
        by_folder = {row["path"].split("/")[0]: row for row in rows if row["path"]}
        for number, (name, _, _) in enumerate(DAMAGES):
            if name in ("good", "good_seg", "missing_slice", "no_mask"):
                row = by_folder[name]
                self.assertEqual(row["PatientID"], f"PID-QX-{number:02}")
                self.assertRegex(row["SeriesInstanceUID"], r"^2\.25\.\d+$")
                self.assertEqual(row["mask"] == "", name == "no_mask")
        names = {row["case"] for row in rows}
        for table in ("features.csv", "failures.csv"):
            with open(self.folder / "linked" / table, newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    self.assertIn(row["case"], names, row)

    def test_names_that_the_user_asks_for(self):
        shutil.copytree(self.folder / "export/good", self.folder / "named/good")
        shutil.copytree(self.folder / "export/no_patient_id", self.folder / "named/nobody")
        for naming, case in (("PatientID", b"PID-QX-00"), ("folder", b"good")):
            result = self.run_program("batch", "named", "--output", naming, "--case-from", naming,
                                      "--preset", "native")
            self.assertIn(b"radiomics: warning: cases are called after ", result.stderr)
            self.assertEqual(result.returncode, 1 if naming == "PatientID" else 0, result.stderr)
            self.assertIn(case + b",", (self.folder / naming / "features.csv").read_bytes())
            self.search_output(result, naming, allowed=["PID-QX-"])
        failures = (self.folder / "PatientID/failures.csv").read_text()
        self.assertRegex(failures, r"\ncase,|s[0-9a-f]{12},,match,unsupported_data,[^\n]*has no PatientID")

    def test_names_that_would_stand_for_two_patients(self):
        for number, name in enumerate(("A/1", "A 1")):
            patient = Patient(self.folder / "cohort/dicom/0003", self.folder / f"two/{number}", 60 + number)
            for one in (*patient.slices, patient.mask):
                one.set(0x00100020, "LO", name)
                one.save()
        result = self.run_program("batch", "two", "--output", "two_out", "--case-from", "PatientID")
        self.assertEqual((result.returncode, result.stdout), (2, b""))
        self.assertRegex(result.stderr.decode(), r"error: ambiguous_input: two: several patients [^\n]*'A_1'")
        shutil.copytree(self.folder / "two", self.folder / "deeper/all")
        result = self.run_program("batch", "deeper", "--output", "two_out", "--case-from", "folder")
        self.assertEqual(result.returncode, 2)
        self.assertIn(b"several patients would be called 'all'", result.stderr)
        self.assertFalse((self.folder / "two_out").exists())


if __name__ == "__main__":
    unittest.main()
