"""The least that reading takes: the headers of a DICOM series, an RTSTRUCT, and the slices that its
region needs, decoded. Needs pydicom and numpy.

usage: reading_floor.py CT_FOLDER RTSTRUCT_FOLDER ROI
Prints {"slices", "decoded", "cpu_s", "wall_s"}: the times are without the start of the interpreter
and imports."""
import json
import pathlib
import sys
import time

import pydicom


def planes_of(rtstruct, roi):
    """The z of the contours of a region."""
    numbers = [item.ROINumber for item in rtstruct.StructureSetROISequence if item.ROIName == roi]
    return {float(contour.ContourData[2]) for item in rtstruct.ROIContourSequence
            if item.ReferencedROINumber in numbers for contour in item.ContourSequence}


def read(folder, rtstruct_folder, roi):
    rtstruct = pydicom.dcmread(next(pathlib.Path(rtstruct_folder).iterdir()))
    planes = planes_of(rtstruct, roi)
    headers = [(file, pydicom.dcmread(file, stop_before_pixels=True))
               for file in pathlib.Path(folder).iterdir()]
    needed = [file for file, header in headers if
              min(planes) <= float(header.ImagePositionPatient[2]) <= max(planes)]
    for file in needed:
        pydicom.dcmread(file).pixel_array.sum()
    return len(headers), len(needed)


if __name__ == "__main__":
    cpu, wall = time.process_time(), time.perf_counter()
    slices, decoded = read(*sys.argv[1:])
    print(json.dumps({"slices": slices, "decoded": decoded, "cpu_s": time.process_time() - cpu,
                      "wall_s": time.perf_counter() - wall}))
