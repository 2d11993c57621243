"""What a conversation can be about: short names as a contact centre says them, under the causes of the guide.

A name says what went wrong or what is wanted, never what somebody is like. The weights are trained on these names: a
name that changes here has to change in `training/labels/issues.jsonl` too.
"""

from collections.abc import Mapping

from levelhead.conversation import Cause

_FAULT, _SERVICE, _DELIVERY = Cause.PRODUCT_FAULT, Cause.SERVICE_FAILURE, Cause.DELIVERY
_BILLING, _POLICY, _MIX_UP = Cause.BILLING, Cause.POLICY, Cause.MISCOMMUNICATION
_SILENCE, _CONDUCT, _ACCESS = Cause.UNANSWERED, Cause.AGENT_CONDUCT, Cause.ACCOUNT_ACCESS
_STRESS, _OTHER = Cause.PERSONAL_STRESS, Cause.OTHER

ISSUES: Mapping[str, tuple[Cause, ...]] = {
    "late delivery": (_DELIVERY, _SILENCE),
    "parcel missing or left elsewhere": (_DELIVERY,),
    "failed delivery attempt": (_DELIVERY,),
    "wrong or fake item": (_DELIVERY, _FAULT, _SERVICE),
    "missing items or parts": (_DELIVERY, _FAULT),
    "damaged in delivery or on a visit": (_DELIVERY, _SERVICE),
    "missing or damaged luggage": (_DELIVERY, _SERVICE),
    "customs charge or form": (_POLICY, _DELIVERY, _MIX_UP),
    "change to an order or exchange": (_OTHER, _DELIVERY),
    "out of stock or withdrawn": (_POLICY, _SERVICE),
    "faulty item": (_FAULT,),
    "app or software fault": (_FAULT,),
    "missing game item or progress": (_FAULT,),
    "playback or picture fault": (_FAULT, _SERVICE),
    "unsafe or poor food": (_FAULT, _DELIVERY, _SERVICE),
    "repair late or not done right": (_FAULT, _SERVICE),
    "setting up a device": (_OTHER, _FAULT, _ACCESS),
    "meter or reading problem": (_BILLING, _FAULT, _MIX_UP),
    "missed visit": (_SERVICE,),
    "installation or home move": (_SERVICE, _POLICY),
    "internet or TV down or slow": (_SERVICE, _FAULT),
    "no phone line or signal": (_SERVICE,),
    "power or water cut": (_SERVICE,),
    "site, app or servers down": (_SERVICE, _FAULT),
    "number transfer failed": (_SERVICE, _MIX_UP),
    "trip cancelled or moved": (_SERVICE, _POLICY),
    "delayed trip": (_SERVICE,),
    "booked assistance missing": (_SERVICE,),
    "seat or journey not right": (_SERVICE, _POLICY),
    "room or stay not good": (_SERVICE, _FAULT),
    "booking not honoured": (_SERVICE, _POLICY),
    "booking could not be made": (_SERVICE,),
    "tickets not showing": (_ACCESS, _SERVICE),
    "payment or transfer gone wrong": (_SERVICE, _BILLING, _FAULT),
    "money or account frozen": (_ACCESS, _SERVICE, _POLICY),
    "claim refused or delayed": (_POLICY, _SILENCE, _SERVICE),
    "treatment or appointment": (_SERVICE, _POLICY, _MIX_UP),
    "safety or injury": (_CONDUCT, _SERVICE, _OTHER),
    "long wait or no reply": (_SILENCE, _SERVICE),
    "charged twice": (_BILLING,),
    "bill higher than expected": (_BILLING,),
    "refund not received": (_BILLING, _SILENCE),
    "subscription still charged": (_BILLING,),
    "charge not recognised": (_BILLING,),
    "disputed fee": (_BILLING, _POLICY),
    "data or roaming charge": (_BILLING, _MIX_UP),
    "price or rate change": (_POLICY, _BILLING),
    "points, credit or offer missing": (_BILLING, _POLICY, _MIX_UP),
    "trouble paying": (_STRESS, _BILLING),
    "debt letter in error": (_BILLING, _MIX_UP),
    "return or refund wanted": (_POLICY, _BILLING),
    "trouble cancelling": (_POLICY,),
    "account banned or suspended": (_ACCESS, _POLICY),
    "feature missing or unwanted": (_POLICY, _FAULT),
    "film, song or channel missing": (_POLICY,),
    "overpriced listings": (_POLICY,),
    "stopped by a rule": (_POLICY,),
    "locked out": (_ACCESS,),
    "password or code not working": (_ACCESS,),
    "account hacked": (_ACCESS,),
    "card lost or blocked": (_ACCESS, _OTHER),
    "fraud or scam": (_OTHER, _ACCESS, _STRESS),
    "rude or careless staff": (_CONDUCT,),
    "not as promised": (_MIX_UP, _CONDUCT),
    "unclear information": (_MIX_UP,),
    "wrong name or detail": (_MIX_UP,),
    "account of someone who died": (_SERVICE, _MIX_UP, _STRESS),
    "spam or unwanted messages": (_SERVICE, _FAULT),
    "lost property": (_OTHER,),
    "making or changing a booking": (_OTHER,),
    "change to a plan or account": (_OTHER, _POLICY),
    "document needed": (_OTHER, _SERVICE),
    "general question": (_OTHER,),
    "praise or small talk": (_OTHER,),
}
"""Each with the causes it usually comes under, the usual one first."""
