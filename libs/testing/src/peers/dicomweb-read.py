"""Finds and retrieves a study with dicomweb-client: python dicomweb-read.py URL TOKEN STUDY

Prints one JSON object: what it found at each level, and what it could read of it.
"""
import hashlib
import json
import sys
from io import BytesIO

import pydicom
import requests
from dicomweb_client.api import DICOMwebClient

url, token, study = sys.argv[1:4]
session = requests.Session()
session.headers["Authorization"] = f"Bearer {token}"
client = DICOMwebClient(url, session=session)

[found] = client.search_for_studies(search_filters={"StudyInstanceUID": study})
[series] = client.search_for_series(study)
series_uid = series["0020000E"]["Value"][0]
instances = client.search_for_instances(study, series_uid)
uids = [instance["00080018"]["Value"][0] for instance in instances]
metadata = client.retrieve_study_metadata(study)
files = client.retrieve_study(study)
[frame] = client.retrieve_instance_frames(study, series_uid, uids[0], frame_numbers=[1])
print(
    json.dumps(
        {
            "instances": found["00201208"]["Value"][0],
            "uids": uids,
            "metadata": [item["00080018"]["Value"][0] for item in metadata],
            "files": [file.SOPInstanceUID for file in files],
            "pixels": [hashlib.sha256(file.PixelData).hexdigest() for file in files],
            "frame": hashlib.sha256(frame).hexdigest(),
        }
    )
)
