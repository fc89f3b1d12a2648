"""Sends HL7 v2 messages with python-hl7, one after the other: python hl7-ask.py PORT ENCODING < messages (a JSON array of texts)

Prints one JSON array a message: the answer by its segments, each by its fields as python-hl7 reads them.
"""
import json
import sys

import hl7
from hl7.client import MLLPClient

port, encoding = int(sys.argv[1]), sys.argv[2]
with MLLPClient("127.0.0.1", port, encoding=encoding) as client:
    for text in json.load(sys.stdin):
        answer = hl7.parse(client.send_message(text).strip(b"\x0b\x1c\r").decode(encoding))
        print(json.dumps([[str(field) for field in segment] for segment in answer]))
