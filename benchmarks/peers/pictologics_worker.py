"""Pictologics: its features of IBSI 1, bins of 25 from -1000, and of 2.5 for the
intensity-volume histogram. See worker.py."""
import pathlib
import sys
import warnings

import pictologics
from pictologics.loaders import load_rtstruct

import worker

FAMILIES = {"statistics": ["intensity"], "morphology": ["morphology"], "texture": ["texture"],
            "histogram": ["histogram"], "ivh": ["ivh"], "moran_geary": ["spatial_intensity"],
            "local_intensity": ["local_intensity"]}
FAMILIES["all"] = [name for names in FAMILIES.values() for name in names]
NEEDS_LEVELS = {"texture", "histogram", "all"}


def pipeline():
    """One configuration per family. Results of other configurations are not used again."""
    result = pictologics.RadiomicsPipeline(deduplicate=False)
    for family, names in FAMILIES.items():
        levels = [{"step": "discretise",
                   "params": {"method": "FBS", "bin_width": 25, "min_val": -1000}}]
        features = {"families": names,
                    "ivh_discretisation": {"method": "FBS", "bin_width": 2.5, "min_val": -1000}}
        result.add_config(family, (levels if family in NEEDS_LEVELS else []) +
                          [{"step": "extract_features", "params": features}])
    return result


def loaded_from(image, mask):
    inside = image.array[mask.array != 0]
    return worker.Loaded(image, mask, inside.size, inside.mean(dtype=float))


def load(image_file, mask_file):
    image = pictologics.load_image(image_file)
    return loaded_from(image, pictologics.load_image(mask_file, stored_type=True))


def load_dicom(folder, rtstruct, roi):
    image = pictologics.load_image(folder)
    file = next(iter(sorted(pathlib.Path(rtstruct).iterdir())))
    return loaded_from(image, load_rtstruct(file, image, roi_names=[roi]))


def compute(loaded, family, runner=pipeline()):
    return [float(value) for value in runner.run(
        loaded.image, loaded.mask, config_names=[family])[family]]


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    pictologics.set_num_threads(1)
    worker.run(f"Pictologics {pictologics.__version__}", load, compute, load_dicom)
