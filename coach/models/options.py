"""From the probabilities of a model's first token to the probabilities of the options."""

import math
from collections.abc import Iterable, Mapping, Sequence

# Below this the model was about to say something else, and what is left for the options is noise.
LEAST_MASS = 0.01


def spread(tokens: Iterable[tuple[str, float]], options: Sequence[str]) -> Mapping[str, float] | None:
    """Share the tokens' probabilities out to the options that they begin.

    A token counts for an option if it is the option or at least its first two letters, whatever the case
    and the spaces around it: "Yes", " yes" and "YES" all speak for "yes", while "N" could become anything.
    A token that begins several options speaks for none of them, so their first letters should differ.

    Args:
        tokens: (text, natural logarithm of the probability) of the most likely first tokens.
        options: what may be answered.

    Returns:
        a probability for each option, in their order, summing to 1; None if the tokens say (almost) nothing
        about the options.
    """
    mass = dict.fromkeys(options, 0.0)
    for text, logprob in tokens:
        start = text.strip().casefold()
        exact = [option for option in options if option.casefold() == start]
        begun = exact or [it for it in options if len(start) > 1 and it.casefold().startswith(start)]
        if len(begun) == 1:
            mass[begun[0]] += math.exp(logprob)
    total = sum(mass.values())
    return {option: share / total for option, share in mass.items()} if total >= LEAST_MASS else None
