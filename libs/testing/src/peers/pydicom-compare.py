"""Reads pairs of DICOM files with pydicom: python pydicom-compare.py FILE OTHER [FILE OTHER]...

Prints one JSON object a pair: the other's transfer syntax, which elements differ in value, and whether the pixels are the same.
Group lengths do not count. In implicit VR a private element is compared as bytes.
"""
import json
import sys

import numpy
import pydicom
from pydicom.uid import ExplicitVRBigEndian

WORDS = {"OW": 2, "OF": 4, "OL": 4, "OD": 8, "OV": 8}


def elements(data_set, path=()):
    for element in data_set:
        if element.tag.element == 0 or element.tag == 0x7FE00010:
            continue
        if element.VR == "SQ":
            yield (*path, str(element.tag), "items"), len(element.value)
            for place, item in enumerate(element.value):
                yield from elements(item, (*path, str(element.tag), place))
        else:
            yield (*path, str(element.tag)), element


def value_of(element, big_endian):
    if not hasattr(element, "VR"):
        return element
    if element.VR in WORDS and element.value:
        order = ">" if big_endian else "<"
        return numpy.frombuffer(element.value, f"{order}u{WORDS[element.VR]}").tolist()
    return element.value


def read(path):
    data_set = pydicom.dcmread(path)
    big_endian = data_set.file_meta.TransferSyntaxUID == ExplicitVRBigEndian
    found = {path: (element, value_of(element, big_endian)) for path, element in elements(data_set)}
    return data_set, found


def differs(one, other):
    if one is None or other is None:
        return True
    if "UN" in (getattr(one[0], "VR", ""), getattr(other[0], "VR", "")) and one[0].VR != other[0].VR:
        return False
    return one[1] != other[1]


def same_pixels(one, other):
    if "PixelData" not in one:
        return "PixelData" not in other
    try:
        pixels = one.pixel_array
    except Exception:  # Of an object that nobody can show the bytes are compared.
        return one.PixelData == other.PixelData
    return bool(numpy.array_equal(pixels, other.pixel_array))


for first, second in zip(sys.argv[1::2], sys.argv[2::2]):
    (one, values), (other, others) = read(first), read(second)
    different = [path for path in values.keys() | others.keys() if differs(values.get(path), others.get(path))]
    print(
        json.dumps(
            {
                "syntax": other.file_meta.TransferSyntaxUID,
                "different": ["/".join(map(str, path)) for path in different],
                "samePixels": same_pixels(one, other),
            }
        )
    )
