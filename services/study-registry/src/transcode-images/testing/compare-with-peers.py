"""Reads files and what was made of them with software that is not ours: python compare-with-peers.py PYDICOM-COMPARE.PY

Standard input has a line for each pair: the path of a file, a tab, the path of the same image in another transfer syntax. Prints a
line of JSON a pair: the other's transfer syntax and how its pixels are described, the largest difference of a value in any frame
(null when they cannot be compared), which other elements differ, and what DCMTK says of the file's structure. DCMTK decodes JPEG and JPEG-LS, pydicom with numpy
native pixels and RLE, OpenJPEG in Pillow JPEG 2000, High-Throughput JPEG 2000 included.
"""

import importlib.util
import json
import subprocess
import sys
import tempfile
import warnings
from functools import cache
from pathlib import Path

import numpy
from pydicom import dcmread
from pydicom.pixels import pixel_array
from pydicom.uid import JPEG2000Lossless

warnings.simplefilter("ignore")
DCMTK = {
    "50": ["dcmdjpeg"],
    "51": ["dcmdjpeg"],
    "57": ["dcmdjpeg", "+cn"],
    "70": ["dcmdjpeg", "+cn"],
    "80": ["dcmdjpls"],
    "81": ["dcmdjpls"],
}
HTJ2K = "1.2.840.10008.1.2.4.201"
folder = Path(tempfile.mkdtemp())

spec = importlib.util.spec_from_file_location("pydicom_compare", sys.argv[1])
pydicom_compare = importlib.util.module_from_spec(spec)
spec.loader.exec_module(pydicom_compare)


def native(path):
    ds = dcmread(path)
    syntax = str(ds.file_meta.TransferSyntaxUID)
    if syntax == HTJ2K:
        ds.file_meta.TransferSyntaxUID = JPEG2000Lossless
    program = DCMTK.get(syntax.removeprefix("1.2.840.10008.1.2.4."))
    if program is None:
        return ds
    out = folder / "decoded.dcm"
    subprocess.run([*program, path, out], check=True, capture_output=True)
    return dcmread(out)


def values(path):
    ds = native(path)
    count = int(ds.get("NumberOfFrames", 1) or 1)
    return [pixel_array(ds, raw=True, index=frame).astype("i8") for frame in range(count)]


values_of_original = cache(values)


def difference(path, other):
    try:
        ones = values_of_original(path)
    except Exception:
        return None
    others = values(other)
    if [one.shape for one in ones] != [each.shape for each in others]:
        return "shape"
    return max(int(numpy.abs(one - each).max()) for one, each in zip(ones, others))


def different(path, other):
    (_, ones), (_, others) = pydicom_compare.read(path), pydicom_compare.read(other)
    paths = ones.keys() | others.keys()
    return sorted("/".join(map(str, at)) for at in paths if pydicom_compare.differs(ones.get(at), others.get(at)))


for line in sys.stdin.read().splitlines():
    path, other = line.split("\t")
    ds = dcmread(other, stop_before_pixels=True)
    dump = subprocess.run(["dcmdump", "-q", other], capture_output=True)
    print(
        json.dumps(
            {
                "syntax": ds.file_meta.TransferSyntaxUID,
                "photometric": ds.PhotometricInterpretation,
                "planar": ds.get("PlanarConfiguration"),
                "highBit": ds.HighBit - ds.BitsStored + 1,
                "lossy": ds.get("LossyImageCompression"),
                "difference": difference(path, other),
                "different": different(path, other),
                "structure": "" if dump.returncode == 0 else dump.stderr.decode("latin1"),
            }
        )
    )
