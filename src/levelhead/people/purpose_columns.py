"""What every column of every table is kept for. A test compares this with the tables: none is missing here.

A column that is made from columns kept for something else says so in `MADE_FROM`; it then counts as those too.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from levelhead.people.purpose import ASSIST, CASEWORK, OPERATION, Purpose

EVERY: Final = None
"""Names, keys and places in the house: what anything that is kept at all hangs on."""

# fmt: off
_TABLES: Final[Mapping[str, Mapping[Purpose | None, str]]] = {
    # the house
    "tenant":          {EVERY: "id name slug made_at"},
    "team":            {EVERY: "id name rollout"},
    "person":          {EVERY: "id name shown_as role is_demo made_at disabled_at"},
    "membership":      {EVERY: "person team"},
    "privacy_rule":    {EVERY: "name value"},
    "pulse":           {OPERATION: "id weight"},
    # signing in
    "credential":      {OPERATION: "person digest changed_at"},
    "identity":        {OPERATION: "issuer subject person"},
    "session":         {OPERATION: "id person digest made_at seen_at ends_at address device"},
    "api_token":       {OPERATION: "id name digest scopes team made_by made_at expires_at last_used_at ended_at"},
    "invitation":      {OPERATION: "id person digest expires_at"},
    "sign_in_failure": {OPERATION: "kind subject count last_at"},
    # what was said
    "conversation":    {EVERY: "id team channel locale heard_at holder", CASEWORK: "customer"},
    "turn":            {EVERY: "conversation n arrival source_id heard_at", CASEWORK: "turn"},
    # what live help made of it; `emotion` and `intensity` are the customer's, and empty on every other turn
    "reading":         {EVERY: "conversation n", ASSIST: "emotion intensity reading"},
    "advice":          {EVERY: "conversation n", ASSIST: "advice"},
    "card_answer":     {EVERY: "id conversation", ASSIST: "card answer answered_at after rule kind"},
    "card_mute":       {EVERY: "id conversation", ASSIST: "muted at"},
    "card_settled":    {EVERY: "id team number how rule level state at until ended_at",
                        ASSIST: "why answers against settled_by ended_by"},
    "label_mark":      {EVERY: "id conversation n", ASSIST: "label instead noted_by at"},
    "labels_end":      {EVERY: "conversation", ASSIST: "at"},
    # what live help tells other systems
    "destination":     {EVERY: "id kinds active made_at places claimed_by claimed_until", ASSIST: "url sealed_secret"},
    "event":           {EVERY: "id kind conversation at", ASSIST: "told"},
    "delivery":        {EVERY: "destination place event state attempts due_at settled_at trouble"},
    # customers
    "customer":        {EVERY: "id same_as same_since",
                        CASEWORK: "token reference name made_at erased_at profile profiled_at"},
    "customer_of":     {EVERY: "conversation customer"},
    "ending":          {EVERY: "conversation", CASEWORK: "ended at"},
    "sealed":          {EVERY: "conversation n place", CASEWORK: "kind value token"},
    "consent":         {EVERY: "id conversation", CASEWORK: "purpose answer noted_by at"},
    "legal_hold":      {CASEWORK: "id customer conversation reason placed_by placed_at lifted_by lifted_at"},
    # what outlives a conversation
    "case_item":       {EVERY: "id kind key state conversation team owner due_at opened_at changed_at",
                        CASEWORK: "customer body"},
    "case_change":     {EVERY: "id item", CASEWORK: "move was now who at reason"},
    # what the tenant has written
    "article":         {EVERY: "id name title source body changed_at"},
    "pack_edition":    {EVERY: "id pack number state body at back_to settled_at ended_at",
                        ASSIST: "why written_by settled_by"},
    # what was done
    "audit":           {OPERATION: "id at deed conversation subject who"},
    "audit_seal":      {OPERATION: "number audit previous hash"},
    "audit_waiting":   {OPERATION: "audit"},
}
# fmt: on

COLUMNS: Final[Mapping[str, Purpose | None]] = MappingProxyType(
    {
        f"{table}.{column}": purpose
        for table, kept in _TABLES.items()
        for purpose, columns in kept.items()
        for column in columns.split()
    }
)
"""Every column but the tenant, as `table.column`, and what it is kept for."""

MADE_FROM: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "reading.reading": ("turn.turn",),
        "advice.advice": ("reading.reading",),
        "card_answer.rule": ("advice.advice",),
        "card_answer.kind": ("advice.advice",),
        "card_settled.answers": ("card_answer.answer",),
        "card_settled.against": ("card_answer.answer",),
        "label_mark.label": ("reading.reading",),
        "event.told": ("turn.turn", "reading.reading", "advice.advice", "card_answer.answer"),
    }
)
"""What a column is worked out from."""
