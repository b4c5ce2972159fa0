"""Values of PyRadiomics for a patient of the sample cohort, as tests/peers/pyradiomics.csv holds
them.

usage: measure_pyradiomics.py COHORT VALUES.csv

COHORT is a folder written by make_cohort. Needs PyRadiomics (3.0.1 made the table); nothing else in
this project does. One row per value: the run, PyRadiomics' name of the feature and the value."""
import pathlib
import sys

from radiomics import getFeatureClasses
from radiomics.featureextractor import RadiomicsFeatureExtractor

RUNS = {  # what each run sets beside bins of 25
    "averaged": {},
    "merged": {"weightingNorm": "no_weighting"},
    "slices": {"force2D": True},
}


def main(cohort, output):
    nifti = cohort / "nifti" / "phantom-14"
    rows = ["run,feature,value"]
    for run, settings in RUNS.items():
        extractor = RadiomicsFeatureExtractor(binWidth=25, **settings)
        extractor.enableFeaturesByName(**{name: list(features.getFeatureNames())
                                          for name, features in getFeatureClasses().items()
                                          if name != "shape2D"})
        values = extractor.execute(str(nifti / "image.nii.gz"), str(nifti / "mask.nii"))
        rows += [f"phantom-14/{run},{name},{float(value)!r}" for name, value in values.items()
                 if name.startswith("original_")]
    output.write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
