"""Tiny images to draw, and a reader of the PNG files that come out."""
import os
import struct
import zlib


def environment(display=None):
    """Variables for the programs: a display or none; and where they are built with a sanitizer, no
    complaint about what fontconfig and the OpenGL library keep until the end."""
    variables = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    return variables | {"ASAN_OPTIONS": "detect_leaks=0"} | ({"DISPLAY": display} if display else {})


def nifti(size, spacing_mm, value_at):
    """A NIfTI-1 file of 16-bit integers; x runs to the patient's left, y to the back, z to the head."""
    header = bytearray(352)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, 3, *size, 1, 1, 1, 1)
    struct.pack_into("<2h", header, 70, 4, 16)
    struct.pack_into("<5f", header, 76, 1, *spacing_mm, 1)
    struct.pack_into("<2f", header, 108, 352, 1)
    struct.pack_into("<h", header, 254, 1)  # sform_code: its own axes run to the right, front, head
    struct.pack_into("<12f", header, 280, -spacing_mm[0], 0, 0, 0, 0, -spacing_mm[1], 0, 0,
                     0, 0, spacing_mm[2], 0)
    header[344:347] = b"n+1"
    values = [value_at(x, y, z) for z in range(size[2]) for y in range(size[1]) for x in range(size[0])]
    return bytes(header) + struct.pack(f"<{len(values)}h", *values)


def read_png(path):
    """Width, height and rows of (red, green, blue) of an 8-bit PNG without interlacing."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, packed = 8, b""
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        content = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colours, _, _, interlaced = struct.unpack(">2I5B", content)
        elif kind == b"IDAT":
            packed += content
        at += length + 12
    assert (depth, interlaced) == (8, 0) and colours in (2, 6)
    channels = 3 if colours == 2 else 4
    raw, stride = zlib.decompress(packed), width * channels
    rows, above = [], bytearray(stride)
    for y in range(height):
        start = y * (stride + 1)
        above = unfiltered(raw[start], bytearray(raw[start + 1:start + 1 + stride]), above, channels)
        rows.append([tuple(above[i:i + 3]) for i in range(0, stride, channels)])
    return width, height, rows


def unfiltered(kind, row, above, channels):
    for i in range(len(row)):
        left = row[i - channels] if i >= channels else 0
        corner = above[i - channels] if i >= channels else 0
        if kind == 1:
            row[i] = (row[i] + left) & 255
        elif kind == 2:
            row[i] = (row[i] + above[i]) & 255
        elif kind == 3:
            row[i] = (row[i] + (left + above[i]) // 2) & 255
        elif kind == 4:
            guess = left + above[i] - corner
            nearest = min((left, above[i], corner), key=lambda value: abs(guess - value))
            row[i] = (row[i] + nearest) & 255
    return row


def is_region_colour(pixel):
    """The yellow of outline and surface, light or in shade; letters and pictures are grey."""
    red, green, blue = pixel
    return red > 60 and red > green > 1.5 * blue
