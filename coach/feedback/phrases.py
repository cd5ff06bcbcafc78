"""How the coach asks: phrases by what they are after. $q is a clause of the answer, in quotation marks."""

from collections.abc import Mapping

from coach.feedback.feedback import Criterion

# Several for each criterion, so that one session never hears the same one twice. $q is a clause of the answer.
ABOUT: Mapping[Criterion, tuple[str, ...]] = {
    "situation": (
        "You said $q. When was that, and who else was there?",
        "Set the scene for me around $q: where were you, and how big was it?",
        "Go back to before $q: what was going on, and since when?",
        "Who was affected by $q, and how?",
    ),
    "task": (
        "Up to $q I have not heard your goal: what exactly were you expected to reach, and by when?",
        "Go back to $q: who had decided that this was worth doing, and why?",
        "Take $q: why did it matter, and to whom?",
        "What was the goal behind $q, in one sentence?",
        "You said $q. What would have counted as reaching your goal there?",
        "Before $q: what was expected of you, and what if it had failed?",
    ),
    "action": (
        "You said $q. What did you do first there, and what next?",
        "Take me inside $q: what did you try that did not work?",
        "Go back to $q: which other way did you consider, and why not that one?",
        "Take $q: what was the hardest step in it for you?",
    ),
    "result": (
        "After $q, what was different, and how could an outsider tell?",
        "You said $q. What had become of it some months later?",
        "Go back to $q: who noticed a change, and what did they say?",
        "Take $q: what could people do afterwards that they could not do before?",
    ),
    "ownership": (
        "You said $q. Which part of that was you, and which part was others?",
        "Take $q: what of it would not have happened without you?",
        "Go back to $q: who else had a hand in it, and in what?",
        "Whose idea was $q, and who had to be won over?",
    ),
    "relevance": (
        "I am not sure I see the link: how does $q answer what I asked?",
        "Is there another occasion that fits my question more closely than $q?",
        "You said $q. Where in that story is what I asked about?",
    ),
    "measured": (
        "You said $q. If you had to put a number on that, which one would it be, and measured how?",
        "What was the number before $q, and what was it after?",
        "Take $q: how did you know in figures that it had worked?",
        "How large was the effect of $q, compared with doing nothing?",
    ),
    "reflection": (
        "Looking back at $q: what would you do differently today?",
        "What have you changed in your work since $q?",
        "You said $q. What did you learn from that, and when have you used it since?",
        "Take $q: what went wrong at first that would be different today?",
    ),
    "hypothetical": (
        "You said $q. When did you last do exactly that, and what came of it?",
        "There must be one occasion behind $q: where was it, and how did it end?",
        "Take $q: what happened the last time, from the beginning?",
    ),
    "key_point": (
        "You said $q. Where does that stop being true?",
        "How would you convince me of $q with a small example?",
        "Take $q: what do you give up for it, and when is it not worth it?",
        "Go back to $q: what would you check first if it went wrong?",
    ),
}
# What to ask about a sentence that answered a follow-up, by what it tells.
DEEPER: Mapping[Criterion, tuple[str, ...]] = {
    "measured": (
        "You said $q. Who counted that, and how?",
        "Take $q: how much of that was your doing, and how do you know?",
        "Go back to $q: how large would that have been without you?",
    ),
    "reflection": (
        "You said $q. When did that last help you since, and what came of it?",
        "Take $q: where would you do it differently again?",
        "Go back to $q: what had to happen before you changed that?",
    ),
    "action": (
        "You said $q. How did you know that this was the right thing to do?",
        "Take $q: who disagreed with you there, and what did you answer?",
        "Go back to $q: what would you have done if that had failed?",
    ),
    "ownership": (
        "You said $q. What was your own share in that?",
        "Take $q: who decided that, and for what reason?",
        "Go back to $q: what did you yourself have to say against it?",
    ),
    "result": (
        "You said $q. What came of that in the end?",
        "Take $q: what changed for anybody else because of it?",
        "Go back to $q: what would an outsider have noticed afterwards?",
    ),
}
PHRASES = frozenset(
    form.replace("$q", "“”") for forms in (*ABOUT.values(), *DEEPER.values()) for form in forms
)
