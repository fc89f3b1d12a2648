"""Sends files by STOW-RS with dicomweb-client: python dicomweb-store.py URL TOKEN < paths

The client writes each data set anew; what it put in the body is hashed on its way. Prints one JSON object a request.
"""
import hashlib
import json
import sys
import warnings

import pydicom
import requests
from dicomweb_client.api import DICOMwebClient

warnings.simplefilter("ignore")
url, token = sys.argv[1], sys.argv[2]
session = requests.Session()
session.headers["Authorization"] = f"Bearer {token}"


class Client(DICOMwebClient):
    sent = []

    @classmethod
    def _encode_multipart_message(cls, content, content_type):
        content = list(content)
        cls.sent = [hashlib.sha256(part).hexdigest() for part in content]
        return super()._encode_multipart_message(content, content_type)


client = Client(url, session=session)
for path in sys.stdin.read().splitlines():
    data_set = pydicom.dcmread(path)
    try:
        answer = client.store_instances([data_set])
    except Exception as error:
        print(json.dumps({"path": path, "error": type(error).__name__, "status": str(error)[:100], "sent": Client.sent}))
        continue
    stored = [item.ReferencedSOPInstanceUID for item in answer.get("ReferencedSOPSequence", [])]
    print(json.dumps({"path": path, "sent": Client.sent, "stored": stored}))
