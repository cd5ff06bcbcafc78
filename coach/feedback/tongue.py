"""Which language something is in: English, which the coach reads, or another one."""

import re
from functools import cache
from typing import Any

# They make up a quarter of any English text, and hardly occur in other languages.
_ENGLISH = frozenset(
    """
    the and that with this they which because would have my from it about there their been to for you not what
    when who how our his she out by could should i we of were had but at is was are on in an as them then him
    me your us up after before than just all one did so if or be no where why while it's i'm don't didn't i'd
    he has will can into over these those am i've
    without only between every each more most other some any such under during same both again here very
    """.split()
)
# The most frequent words of other languages that are no English words, by language family.
_FOREIGN = (
    frozenset(
        """
    habe haben hat wurde wenn weil aber sich von zu bei nach jahr mijn zonder jaar geen heb heeft werd
    je mon nos était avait mais c'est j'ai mío mis sin cuando mio abbiamo anche meu minha quando fui foram
    und nicht ich mir mich ist das der dem den ein eine einen für auf mit wir sie bitte alle allen diese dieser gib
    het een dit deze niet geef aan voor maar ook zijn naar van
    te mets el la los las una y que por con para pero muy esta este del al nos les dale nota su más
    le les des et une dans pour cette ces ce est pas vous nous avec sur donne à au aux il elle du
    di che il lo gli della questa questo sono ho abbiamo perché più dai alla nel
    sed nec sit amet
    os um uma não com esta essa isso dê nesta ao pelo foi eu você
    och att det som på inte jag vi har ett av og ikke jeg til ikkje en ei er
    i w na się nie jest to daj że dla tak oraz
    bir ve bu için çok ama değil olarak ile
    dan yang ini itu untuk dengan tidak saya
    a je se že na ne pro jsem és hogy nem az egy și este nu pe cu care
    ki ke ka hai tha aur ne ko se ye kya nahi maine
    """.split()
    )
    - _ENGLISH
    - {"die", "al", "os", "des", "pro", "van"}
)
_GREEK = re.compile("[\u0370-\u03ff]")  # single letters of it stand in formulas
_ENGLISH_ENOUGH = 0.2
_SURE = 0.9


def other_language(text: str) -> bool:
    """Return whether a text, of a few words at least, is in another language than English.

    Non-native or telegraphic English is English; so is English with a foreign quotation in it.
    """
    words = _words(text)
    letters = "".join(words)
    if sum(_not_latin(letter) for letter in letters) > 0.5 * len(letters):
        return True
    # Single letters are names in formulas more often than words.
    foreign = sum(len(word) > 1 and (word in _FOREIGN or not word.isascii()) for word in words)
    if len(words) < 4 or english_share(text) >= max(_ENGLISH_ENOUGH, foreign / len(words)):
        return False
    if foreign >= 2:
        return True
    language, sure = _identifier().classify(text)
    return bool(language != "en" and sure > _SURE and len(words) >= 12)


def english_share(text: str) -> float:
    """Return how many of a text's words are among the most frequent English ones, 0 to 1; 0 without words."""
    words = _words(text)
    return sum(word in _ENGLISH for word in words) / len(words) if words else 0.0


def _words(text: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", text.lower().replace("’", "'"))
    return [word for word in words if len(word) > 1 or word.isascii() or not _GREEK.match(word)]


def _not_latin(letter: str) -> bool:
    return ord(letter) > 0x24F and not 0x1E00 <= ord(letter) <= 0x1EFF  # Vietnamese has Latin letters there


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
