"""Finds and reads a person's imaging studies with fhirpy: python fhir-read.py BASE TOKEN PATIENT

Prints one JSON object: what it found page by page, what it read, and where the images are.
"""
import json
import sys

from fhirpy import SyncFHIRClient
from fhirpy.base.exceptions import OperationOutcome, ResourceNotFound

base, token, patient = sys.argv[1:4]
client = SyncFHIRClient(base, authorization=f"Bearer {token}")

studies = client.resources("ImagingStudy").search(patient=patient)
paged = studies.limit(1).fetch_all()
newest = studies.sort("-started").first()
read = client.reference("ImagingStudy", newest["id"]).to_resource()
endpoint = read["endpoint"][0].to_resource()

try:
    client.reference("ImagingStudy", "1.2.3").to_resource()
    missing = "found"
except ResourceNotFound:
    missing = "not found"
try:
    client.resources("ImagingStudy").search(started="yesterday").fetch()
    refused = "found"
except OperationOutcome as outcome:
    refused = outcome.resource["issue"][0]["code"]

print(
    json.dumps(
        {
            "paged": [study["id"] for study in paged],
            "count": studies.count(),
            "ofModality": [study["id"] for study in studies.search(modality="MR").fetch()],
            "newest": newest["id"],
            "instances": sum(len(series["instance"]) for series in read["series"]),
            "address": endpoint["address"],
            "missing": missing,
            "refused": refused,
        }
    )
)
