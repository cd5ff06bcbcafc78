"""Tell the same story of other people: other names, the other gender. Nothing about the candidate may change."""

import re
from collections.abc import Mapping

# Words that can follow "her" only where it means "him": she gave her a call, but: her call.
_NO_NOUN = (
    r"(?=\s*(?:$|[.,;:!?)\"”])|\s+(?:to|and|or|but|so|that|what|who|how|why|when|where|if|with|about|for|at|in|on|"
    r"from|by|as|than|the|a|an|it|this|in|into|out|up|off|over|back|again|before|after|because|since|while|was|is|"
    r"not|two|rather|later|louder|anything|both|each|every|my|our|his|i|we|she|he|they|there|then|by|himself|herself|per|through|until|too)\b)"
)
# Verbs that are followed by a person.
_TO_HER = r"(?<=\blet )her\b|(?<=\btold )her\b|(?<=\bgave )her\b|(?<=\bsent )her\b|(?<=\bcalled )her\b"
_PAIRS = {
    "she": "he", "hers": "his", "herself": "himself", "him": "her", "he": "she", "himself": "herself",
    "woman": "man", "women": "men", "man": "woman", "men": "women", "mother": "father", "father": "mother",
    "mum": "dad", "dad": "mum", "wife": "husband", "husband": "wife",
    "daughter": "son", "son": "daughter", "aunt": "uncle", "uncle": "aunt", "girl": "boy", "boy": "girl",
    "lady": "gentleman", "gentleman": "lady", "grandmother": "grandfather", "grandfather": "grandmother",
    "she's": "he's", "he's": "she's", "she'd": "he'd",
    "he'd": "she'd", "she'll": "he'll", "he'll": "she'll",
}  # fmt: skip
_NAMES = {
    "John": "Aylin", "Peter": "Priya", "Thomas": "Ngozi", "Mark": "Mei", "David": "Fatima", "Tom": "Lin",
    "Anna": "Omar", "Maria": "Kwame", "Sarah": "Rajesh", "Lisa": "Jamal", "Priya": "Peter", "Aisha": "Paul",
}  # fmt: skip
_ROLE = re.compile(
    r"\b((?:my|our|the) (?:own |old |former )?(?:manager|boss|director|vp|cto|ceo|teammate|colleague|supervisor|"
    r"product manager|team lead|tech lead|owner|professor|head of \w+))\b(?!['’]s)(?! (?:of|for|at) )",
    re.IGNORECASE,
)


def genders_swapped(answer: str) -> str:
    """Every she becomes he and every he becomes she, and what goes with them; they stays they."""
    text = re.sub(rf"\bher\b{_NO_NOUN}|{_TO_HER}", "\x00him", answer.replace("’", "'"))
    text = re.sub(r"\bher\b", "\x00his", text)
    text = re.sub(r"\bHer\b", "\x00His", text)
    text = re.sub(r"(?<!\x00)\bhis\b(?=\s*(?:$|[.,;:!?]|\s+(?:was|is|and)\b))", "\x00hers", text)
    text = re.sub(r"(?<!\x00)\bhis\b", "\x00her", text)
    text = re.sub(r"(?<!\x00)\bHis\b", "\x00Her", text)
    words = "|".join(sorted(_PAIRS, key=len, reverse=True))
    text = re.sub(
        rf"(?<![\x00\w'])(?:{words})(?![\w'])", lambda m: _cased(m[0], _PAIRS), text, flags=re.IGNORECASE
    )
    return text.replace("\x00", "")


def names_swapped(answer: str) -> str:
    """First names that are known give way to one of another gender and another country."""
    words = "|".join(_NAMES)
    return re.sub(rf"\b(?:{words})\b", lambda m: _NAMES[m[0]], answer)


def with_name(answer: str, name: str) -> str:
    """The first person with a role ("my manager") gets a first name; without one the answer stays as it is."""
    return _ROLE.sub(rf"\1 {name}", answer, count=1)


def _cased(word: str, pairs: Mapping[str, str]) -> str:
    new = pairs[word.lower()]
    return new.capitalize() if word[0].isupper() else new
