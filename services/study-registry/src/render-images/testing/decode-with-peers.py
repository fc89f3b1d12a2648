"""Decodes frames with software that is not ours, for specs to compare with.

Reads paths of DICOM files from standard input. Writes the values of every frame as little endian 32-bit integers to
<folder>/<number of the file>-<number of the frame>, and a line of JSON for each file whose pixels could be decoded. DCMTK
decodes JPEG and JPEG-LS, pydicom with numpy native pixels and RLE, with Pillow JPEG 2000.
"""

import json
import subprocess
import sys
import warnings
from pathlib import Path

from pydicom import dcmread
from pydicom.pixels import pixel_array

warnings.simplefilter("ignore")
DCMTK = {"50": "dcmdjpeg", "51": "dcmdjpeg", "57": "dcmdjpeg", "70": "dcmdjpeg", "80": "dcmdjpls", "81": "dcmdjpls"}
folder = Path(sys.argv[1])


def native(path, syntax):
    program = DCMTK.get(syntax.removeprefix("1.2.840.10008.1.2.4."))
    if program is None:
        return path
    out = folder / "decoded.dcm"
    subprocess.run([program, path, out], check=True, capture_output=True)
    return out


for number, path in enumerate(sys.stdin.read().splitlines()):
    try:
        ds = dcmread(path, stop_before_pixels=True)
        syntax = str(ds.file_meta.TransferSyntaxUID)
        decoded = dcmread(native(path, syntax))
        frames = int(ds.get("NumberOfFrames", 1) or 1)
        for frame in range(frames):
            values = pixel_array(decoded, raw=True, index=frame)
            (folder / f"{number}-{frame + 1}").write_bytes(values.astype("<i8").astype("<i4").tobytes())
        print(json.dumps({"path": path, "number": number, "syntax": syntax, "frames": frames}))
    except Exception as error:
        print(f"{path}: {error}", file=sys.stderr)
