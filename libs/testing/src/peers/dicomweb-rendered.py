"""Retrieves pictures with dicomweb-client: python dicomweb-rendered.py URL TOKEN STUDY SERIES INSTANCE

Prints one JSON object: what Pillow sees in each.
"""
import json
import sys
from email import message_from_bytes, policy
from io import BytesIO

import requests
from dicomweb_client.api import DICOMwebClient
from PIL import Image

url, token, study, series, instance = sys.argv[1:6]
session = requests.Session()
session.headers["Authorization"] = f"Bearer {token}"
types = []
session.hooks["response"].append(lambda response, **_: types.append(response.headers["Content-Type"]))
client = DICOMwebClient(url, session=session)


def seen(body):
    with Image.open(BytesIO(body)) as image:
        image.load()
        return [image.format, *image.size]


def parts(body):
    head = f"Content-Type: {types[-1]}\r\n".encode()
    message = message_from_bytes(head + body, policy=policy.HTTP)
    return [seen(part.get_payload(decode=True)) for part in message.iter_parts()]


print(
    json.dumps(
        {
            "any": seen(client.retrieve_instance_rendered(study, series, instance)),
            "png": seen(client.retrieve_instance_rendered(study, series, instance, media_types=("image/png",))),
            "jpeg": seen(
                client.retrieve_instance_rendered(
                    study,
                    series,
                    instance,
                    media_types=("image/jpeg",),
                    params={"quality": 70, "viewport": "100,50", "window": "40,400,linear"},
                )
            ),
            "frame": seen(client.retrieve_instance_frames_rendered(study, series, instance, [1], media_types=("image/png",))),
            "series": parts(client.retrieve_series_rendered(study, series, media_types=("image/jpeg",))),
            "anySeries": parts(client.retrieve_series_rendered(study, series)),
        }
    )
)
