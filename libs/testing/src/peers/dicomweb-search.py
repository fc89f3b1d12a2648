"""Searches with dicomweb-client: python dicomweb-search.py URL TOKEN SEARCHES

SEARCHES is a JSON array of [level, arguments]; prints the unique keys of what each finds, and pydicom's reading of the first.
"""
import json
import sys

import requests
from dicomweb_client.api import DICOMwebClient
from pydicom.dataset import Dataset

url, token, searches = sys.argv[1:4]
session = requests.Session()
session.headers["Authorization"] = f"Bearer {token}"
client = DICOMwebClient(url, session=session)
SEARCH = {
    "studies": (client.search_for_studies, "0020000D"),
    "series": (client.search_for_series, "0020000E"),
    "instances": (client.search_for_instances, "00080018"),
}


def answer(level, arguments):
    search, key = SEARCH[level]
    found = search(**arguments)
    first = Dataset.from_json(found[0]) if found else None
    return {
        "uids": [item[key]["Value"][0] for item in found],
        "first": "" if first is None else f"{first.get('PatientName', '')}|{first.get('Manufacturer', '')}",
    }


print(json.dumps([answer(level, arguments) for level, arguments in json.loads(searches)]))
