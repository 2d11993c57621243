"""What people reach for, on the same turns: the general encoder, VADER, alt-profanity-check, and Presidio where it is."""

import logging
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from benchmarks._general import General
from benchmarks._timing import Timed, timed
from benchmarks._turns import Labelled

VADER_NEGATIVE = -0.05
"""The compound score below which VADER's authors call a text negative."""
NO_PRESIDIO = "not installed here: `pip install presidio-analyzer` beside Levelhead and run this again"


def beside(turns: Sequence[Labelled]) -> dict[str, Any]:
    """Each with its latency, and how often it is right where it answers one of our questions."""
    return {
        "general_encoder": _general(turns),
        "vader": _vader(turns),
        "alt_profanity_check": _profanity(turns),
        "presidio": _presidio(turns) if find_spec("presidio_analyzer") else {"why_not": NO_PRESIDIO},
    }


def score(turns: Sequence[Labelled], said: Sequence[bool], question: str) -> dict[str, float]:
    """Precision, recall and F1 over the customer turns; `question` is `negative` or `abusive`."""
    pairs = [(getattr(one, question), yes) for one, yes in zip(turns, said, strict=True) if one.of_customer]
    hits = sum(is_so and yes for is_so, yes in pairs)
    precision = hits / max(1, sum(yes for _, yes in pairs))
    recall = hits / max(1, sum(is_so for is_so, _ in pairs))
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
        "support": sum(is_so for is_so, _ in pairs),
    }


def _general(turns: Sequence[Labelled]) -> dict[str, Any]:
    """What ours came from before it was made small: one vector a turn; no heads, no context, no rules."""
    encoder = General()
    return _on(turns, lambda text: encoder.vectors([text])).row


def _vader(turns: Sequence[Labelled]) -> dict[str, Any]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415 - each tool in its turn

    vader = SentimentIntensityAnalyzer()
    took = _on(turns, lambda text: bool(vader.polarity_scores(text)["compound"] < VADER_NEGATIVE))
    return {**took.row, "right_about": {"negative": score(turns, took.results, "negative")}}


def _profanity(turns: Sequence[Labelled]) -> dict[str, Any]:
    from profanity_check import predict  # noqa: PLC0415 - scikit-learn is heavy

    took = _on(turns, lambda text: bool(predict([text])[0]))
    return {**took.row, "right_about": {"abusive": score(turns, took.results, "abusive")}}


def _presidio(turns: Sequence[Labelled]) -> dict[str, Any]:
    """Its patterns alone, on spaCy's blank English: the named entities need a model that it would fetch first."""
    analyzer, spacy, domains = (import_module(name) for name in ("presidio_analyzer", "spacy", "tldextract"))
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    # Its e-mail pattern would otherwise ask the network for a list of domains; the list it brings along will do.
    domains.tldextract.TLD_EXTRACTOR = domains.TLDExtract(suffix_list_urls=())
    words = analyzer.nlp_engine.SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "blank"}])
    words.nlp = {"en": spacy.blank("en")}
    presidio = analyzer.AnalyzerEngine(nlp_engine=words, supported_languages=["en"])
    took = _on(turns, lambda text: presidio.analyze(text, language="en"))
    return {**took.row, "note": "patterns only, to be held against our masking"}


def _on(turns: Sequence[Labelled], says: Callable[[str], Any]) -> Timed[str, Any]:
    return timed([one.turn.text for one in turns], says)
