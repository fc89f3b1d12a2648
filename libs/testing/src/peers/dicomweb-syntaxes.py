"""Retrieves a study in several transfer syntaxes with dicomweb-client: python dicomweb-syntaxes.py URL TOKEN STUDY SERIES INSTANCE

Prints one JSON object: for each transfer syntax, of a study, its series, an instance and its first frame, the syntax that came and the
SHA-256 of the pixels where pydicom decodes them; of a frame its SHA-256 or how its codestream begins; the pixels as bulk data.
"""
import hashlib
import json
import sys
import warnings

import requests
from dicomweb_client.api import DICOMwebClient

warnings.simplefilter("ignore")
url, token, study, series, instance = sys.argv[1:6]
SYNTAXES = ["*", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90"]
FRAME_TYPES = {
    "1.2.840.10008.1.2.1": "application/octet-stream",
    "1.2.840.10008.1.2.4.80": "image/jls",
    "1.2.840.10008.1.2.4.90": "image/jp2",
}
session = requests.Session()
session.headers["Authorization"] = f"Bearer {token}"
client = DICOMwebClient(url, session=session)


def sha(data):
    return hashlib.sha256(data).hexdigest()


def pixels(data_set):
    try:
        return sha(data_set.pixel_array.tobytes())
    except Exception:  # pydicom alone decodes no JPEG-LS.
        return None


def said(data_sets):
    return [[str(each.file_meta.TransferSyntaxUID), pixels(each)] for each in data_sets]


found = {}
for syntax in SYNTAXES:
    types = (("application/dicom", syntax),)
    found[syntax] = {
        "study": said(client.retrieve_study(study, media_types=types)),
        "series": said(client.retrieve_series(study, series, media_types=types)),
        "streamed": said(client.iter_series(study, series, media_types=types)),
        "instance": said([client.retrieve_instance(study, series, instance, media_types=types)]),
    }
frames = {
    syntax: [sha(frame) if media == "application/octet-stream" else frame[:4].hex() for frame in got]
    for syntax, media in FRAME_TYPES.items()
    for got in [client.retrieve_instance_frames(study, series, instance, [1], media_types=((media, syntax),))]
}
metadata = client.retrieve_instance_metadata(study, series, instance)
uri = url.removesuffix("/dicom-web") + metadata["7FE00010"]["BulkDataURI"]
[bulk] = client.retrieve_bulkdata(uri)
print(json.dumps({"found": found, "frames": frames, "bulk": sha(bulk)}))
