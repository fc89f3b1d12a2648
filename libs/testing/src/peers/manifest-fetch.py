"""Reads a manifest with pydicom, and fetches what it names with dicomweb-client: python manifest-fetch.py FILE TOKEN

Prints one JSON object: what the manifest says, and the SHA-256 of each data set that came.
"""
import hashlib
import json
import sys
from io import BytesIO

import pydicom
import requests
from dicomweb_client.api import DICOMwebClient

path, token = sys.argv[1:3]
pydicom.config.settings.reading_validation_mode = pydicom.config.RAISE
manifest = pydicom.dcmread(path)
session = requests.Session()
session.headers["Authorization"] = f"Bearer {token}"

[study] = manifest.CurrentRequestedProcedureEvidenceSequence
fetched = {}
for series in study.ReferencedSeriesSequence:
    client = DICOMwebClient(series.RetrieveURL, session=session)
    for reference in series.ReferencedSOPSequence:
        file = client.retrieve_instance(
            study.StudyInstanceUID,
            series.SeriesInstanceUID,
            reference.ReferencedSOPInstanceUID,
            media_types=(("application/dicom", "*"),),
        )
        if file.SOPClassUID != reference.ReferencedSOPClassUID:
            raise SystemExit("The manifest names another SOP class")
        fetched[file.SOPInstanceUID] = str(file.InstanceNumber)


def content(items):
    """Content items as nested lists: name, value, what is below."""
    told = []
    for item in items:
        name = item.ConceptNameCodeSequence[0].CodeMeaning if "ConceptNameCodeSequence" in item else item.ValueType
        value = {
            "CODE": lambda: item.ConceptCodeSequence[0].CodeValue,
            "TEXT": lambda: item.TextValue,
            "DATE": lambda: str(item.Date),
            "TIME": lambda: str(item.Time),
            "UIDREF": lambda: item.UID,
            "NUM": lambda: int(item.MeasuredValueSequence[0].NumericValue),
            "IMAGE": lambda: item.ReferencedSOPSequence[0].ReferencedSOPInstanceUID,
        }.get(item.ValueType, lambda: None)()
        told.append([name, value, content(item.get("ContentSequence", []))])
    return told


print(
    json.dumps(
        {
            "sopClass": manifest.SOPClassUID,
            "uid": manifest.SOPInstanceUID,
            "mediaStorageUid": manifest.file_meta.MediaStorageSOPInstanceUID,
            "title": manifest.ConceptNameCodeSequence[0].CodeValue,
            "study": study.StudyInstanceUID,
            "patientId": manifest.PatientID,
            "patientName": str(manifest.PatientName),
            "otherIds": [other.PatientID for other in manifest.OtherPatientIDsSequence],
            "accession": manifest.AccessionNumber,
            "retrieveUrls": sorted({series.RetrieveURL for series in study.ReferencedSeriesSequence}),
            "locations": sorted({series.RetrieveLocationUID for series in study.ReferencedSeriesSequence}),
            "fetched": fetched,
            "content": content(manifest.ContentSequence),
        },
        ensure_ascii=False,
    )
)
