"""Sends HL7 v2 messages with python-hl7, one after the other: python hl7-send.py PORT ENCODING < messages (a JSON array of texts)

Prints one JSON object a message: what python-hl7 reads in the acknowledgement.
"""
import json
import sys

import hl7
from hl7.client import MLLPClient

port, encoding = int(sys.argv[1]), sys.argv[2]
with MLLPClient("127.0.0.1", port, encoding=encoding) as client:
    for text in json.load(sys.stdin):
        message = hl7.parse(text)
        answer = client.send_message(message)
        acknowledgement = hl7.parse(answer.strip(b"\x0b\x1c\r").decode(encoding))
        msa = acknowledgement.segment("MSA")
        print(
            json.dumps(
                {
                    "code": str(msa[1]),
                    "controlId": str(msa[2]),
                    "receiver": str(acknowledgement.segment("MSH")[5]),
                    "type": str(acknowledgement.segment("MSH")[9]),
                }
            )
        )
