"""Values of MIRP for patients of the sample cohort, as tests/peers/mirp.csv holds them.

usage: measure_mirp.py COHORT VALUES.csv

COHORT is a folder written by make_cohort. Needs MIRP (2.7.0 made the table); nothing else in this
project does. One row per value: the run, MIRP's name of the feature, the IBSI code that MIRP gives
it, and the value."""
import pathlib
import sys
import warnings

import mirp
from mirp._features.feature_generator import generate_features
from mirp.settings.feature_parameters import FeatureExtractionSettingsClass

DIRECTIONAL = ["2d_average", "2d_slice_merge", "2.5d_direction_merge", "2.5d_volume_merge",
               "3d_average", "3d_volume_merge"]
SPATIAL = ["2d", "2.5d", "3d"]
FEATURES = dict(
    base_feature_families="all",
    base_discretisation_method="fixed_bin_size",  # for CT MIRP starts at the lower limit of
    base_discretisation_bin_width=25.0,           # resegmentation, by default at -1000
    ivh_discretisation_method="none",
    glcm_spatial_method=DIRECTIONAL, glrlm_spatial_method=DIRECTIONAL,
    glszm_spatial_method=SPATIAL, gldzm_spatial_method=SPATIAL, ngtdm_spatial_method=SPATIAL,
    ngldm_spatial_method=SPATIAL)
GENERAL = dict(
    ibsi_compliant=False,   # also features that IBSI has not, or has without reference values
    no_approximation=True)  # Moran's I and Geary's C of all pairs, not of samples
RESAMPLED = dict(new_spacing=2.0, spline_order=1, anti_aliasing=False, roi_spline_order=1,
                 roi_interpolation_mask_inclusion_threshold=0.5)
RUNS = {"native": {}, "2mm": RESAMPLED}


def inputs(cohort):
    nifti = cohort / "nifti" / "phantom-14"
    yield "phantom-14", dict(image=str(nifti / "image.nii.gz"), mask=str(nifti / "mask.nii"),
                             image_modality="ct", mask_modality="generic_mask")
    dicom = cohort / "dicom" / "0001" / "1"
    yield "0001", dict(image=str(dicom / "2"), mask=str(next((dicom / "10").glob("*.dcm"))),
                       image_modality="ct")


def ibsi_codes():
    codes = {}
    for feature in generate_features(FeatureExtractionSettingsClass(by_slice=False, **FEATURES)):
        feature.create_table_name()
        codes[feature.table_name] = feature.ibsi_id or ""
    return codes


def main(cohort, output):
    warnings.simplefilter("ignore")
    codes = ibsi_codes()
    rows = ["run,feature,ibsi,value"]
    for patient, files in inputs(cohort):
        for name, settings in RUNS.items():
            table, = mirp.extract_features(**files, **FEATURES, **GENERAL, **settings)
            first = list(table.columns).index("morph_volume")
            rows += [f"{patient}/{name},{feature},{codes[feature]},{float(value)!r}"
                     for feature, value in table.iloc[0, first:].items()]
    output.write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
