"""What was written in Dutch, in English or in both, for who reads one of them."""


def in_language(dutch, english, language):
    """The text in this language ("nl-be" is Dutch), or the other one where that is empty."""
    return (dutch or english) if language.startswith("nl") else (english or dutch)
