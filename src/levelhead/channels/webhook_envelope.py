"""An event on the wire: a CloudEvent 1.0 in JSON, signed as Standard Webhooks asks.

Sources: CloudEvents 1.0.2, sections 2 and 3.1 of its JSON format, and its `sequence` extension; Standard Webhooks 1.0,
"Webhook metadata" and "Signature scheme".
"""

import base64
import json
import secrets
from datetime import UTC, datetime
from urllib.parse import quote

from standardwebhooks import Webhook

from levelhead.live.outbox import Parcel

CONTENT_TYPE = "application/cloudevents+json"
SECRET_BYTES = 32
"""Standard Webhooks asks for 24 to 64."""


def new_secret() -> str:
    """A secret that signs the events for one destination."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def body_of(parcel: Parcel) -> bytes:
    """The CloudEvent; the same parcel gives the same bytes however often it is sent."""
    event, place = parcel.delivery.event, parcel.delivery.place
    envelope = {
        "specversion": "1.0",
        "id": str(event.id),
        "source": f"/tenants/{quote(parcel.tenant.slug, safe='')}",
        "type": event.kind,
        "subject": f"conversations/{quote(event.conversation, safe='')}",
        "time": event.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "sequence": f"{place:012d}",  # As text it sorts as the number does.
        "data": json.loads(event.told),
    }
    return json.dumps(envelope, separators=(",", ":"), ensure_ascii=False).encode()


def headers_of(parcel: Parcel, body: bytes, at: datetime) -> dict[str, str]:
    """What goes beside the body in one attempt at this moment."""
    event_id = str(parcel.delivery.event.id)
    # The library takes the moment for UTC whatever it says.
    signature = Webhook(parcel.secret).sign(msg_id=event_id, timestamp=at.astimezone(UTC), data=body.decode())
    return {
        "content-type": CONTENT_TYPE,
        "webhook-id": event_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature,
    }
