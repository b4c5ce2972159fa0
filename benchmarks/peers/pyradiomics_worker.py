"""PyRadiomics: the features of its default classes, 107 of the original image, bins of 25.
See worker.py."""
import functools
import logging

import radiomics
import SimpleITK as sitk
from radiomics import featureextractor

import worker

CLASSES = {"statistics": ["firstorder"], "morphology": ["shape"],
           "texture": ["glcm", "glrlm", "glszm", "gldm", "ngtdm"]}
CLASSES["all"] = [name for names in CLASSES.values() for name in names]


@functools.cache
def extractor(family):
    result = featureextractor.RadiomicsFeatureExtractor(binWidth=25, additionalInfo=False)
    result.disableAllFeatures()
    for name in CLASSES[family]:
        result.enableFeatureClassByName(name)
    return result


def load(image_file, mask_file):
    image = sitk.ReadImage(image_file)
    mask = sitk.Cast(sitk.ReadImage(mask_file) != 0, sitk.sitkUInt8)
    inside = sitk.GetArrayViewFromImage(image)[sitk.GetArrayViewFromImage(mask) != 0]
    return worker.Loaded(image, mask, inside.size, inside.mean(dtype=float))


def compute(loaded, family):
    found = extractor(family).execute(loaded.image, loaded.mask)
    return [float(value) for key, value in found.items() if key.startswith("original_")]


if __name__ == "__main__":
    radiomics.logger.setLevel(logging.ERROR)
    sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
    worker.run(f"PyRadiomics {radiomics.__version__.lstrip('v')}", load, compute)
