"""What can be done tomorrow about each criterion of a story, in the program's own words."""

from collections.abc import Mapping

from coach.feedback.feedback import Criterion

TITLES: Mapping[Criterion, str] = {
    "situation": "Set the scene in one breath",
    "task": "Say what was yours to reach",
    "action": "Tell steps that somebody could repeat",
    "result": "Tell the story to its end",
    "ownership": "Say “I” where it was you",
    "relevance": "Answer the question that was asked",
    "measured": "Put a number on what came of it",
    "reflection": "Say what you do differently since",
    "hypothetical": "Tell one time that it really happened",
}
TASKS: Mapping[Criterion, str] = {
    "situation": "Write down who, when, and how big in one sentence of 25 words, and begin your answer to this "
    "question with it.",
    "task": "Complete in writing: “I had to reach ... by ..., because otherwise ...”. Then answer this question "
    "with that sentence in second place.",
    "action": "Write your steps as four lines that each begin with “I” and a verb. Strike out every line that "
    "anybody could have said, and answer this question again with what is left.",
    "result": "Write the last sentence of your answer first: who could do what afterwards that they could not before? "
    "Then answer this question again, up to that sentence.",
    "ownership": "Say your answer aloud and count every “we”. For each, say who did it, and put “I” where it was you. "
    "Then answer this question again.",
    "relevance": "Before you speak, say the question again in your own words; after your first sentence, check that it "
    "begins to answer it. Try it on this question.",
    "measured": "Look up or estimate one number from before and one from after, with how it was counted. Answer "
    "this question again with both in it.",
    "reflection": "Write one sentence that begins “Since then I ...” and names the next time that you did it that way. "
    "End your answer to this question with it.",
    "hypothetical": "Name the last date on which it happened, who was there and what you said first. Begin your answer "
    "to this question with that date.",
}
BLANK = (
    "Choose an occasion that shows {name} and that you have not told yet. Write five lines: where, what was yours to "
    "reach, your steps, what changed, what you do since. Then take a drill of three questions on it."
)
