"""Add events and facts in a process of its own, as fast as they are taken, until there are `wanted` of each."""

import sys
from pathlib import Path

from coach.errors import UsageError
from coach.interview.events import Answered
from coach.interview.store import open_store
from coach.settings import Settings
from coach.stories.shelf import Shelf
from coach.stories.story import Fact

home, url, name, interview_id, story_id, wanted = sys.argv[1:]
store = open_store(Settings(home=Path(home), database_url=url or None), patience=30)
shelf = Shelf(store.database)
while (count := len(store.load(interview_id))) <= int(wanted):
    store.append(interview_id, count, [Answered(answer=name)])
while len((story := shelf.get(story_id)).facts) < int(wanted):
    try:
        shelf.add_fact(story, Fact(criterion="result", question="?", words=name))
    except UsageError:
        continue
store.close()
