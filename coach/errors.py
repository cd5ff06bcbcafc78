"""What can go wrong, in words that the person in front of the screen can act on.

CoachError                  one line: what is wrong, and how to mend it
├── UsageError              what was asked for can't be done as asked
│   ├── SettingsError       a setting has a value that can't be used
│   └── AnswerRefused       the answer can't be read at all (longer than the limit, say)
├── LibraryError            the library of guides
│   ├── DocumentRefused     one file can't go in; the others do
│   ├── IndexMissing        nothing has been ingested yet
│   ├── IndexLocked         another process is writing
│   └── IndexUnreachable    the index or its server can't be opened
├── PromptError             a prompt file is missing, or misses a variable
├── StoreError              an interview can't be stored or found
└── ModelError              the language model or the embedder
    ├── ModelUnknown        no model has this name
    ├── ModelMissing        its files are not on this machine
    ├── ModelMismatch       its bytes are not the ones that were promised
    ├── DownloadFailed      no route led to its bytes
    ├── ModelUnreachable    nothing answers at its address
    ├── ModelTimeout        it did not answer in time
    ├── ModelRefused        it said no: the key, the name, or the request
    ├── ModelBusy           it said "later", more often than we were ready to ask
    ├── StreamBroken        the answer stopped half-way
    └── BadModelOutput      what it wrote doesn't have the form that was asked for
"""


class CoachError(Exception):
    """One clear line: what is wrong, and how to mend it. Never contains an answer or a key."""


class UsageError(CoachError):
    """What was asked for can't be done as asked."""


class SettingsError(UsageError):
    """A setting has a value that can't be used."""


class AnswerRefused(UsageError):
    """The answer can't be read at all."""


class LibraryError(CoachError):
    """The library of guides can't do what was asked."""


class DocumentRefused(LibraryError):
    """One file can't go into the library; its message is the reason."""


class IndexMissing(LibraryError):
    """Nothing has been ingested yet."""


class IndexLocked(LibraryError):
    """Another process is writing to the library."""


class IndexUnreachable(LibraryError):
    """The index, or the Chroma server that keeps it, can't be opened."""


class PromptError(CoachError):
    """A prompt file is missing or malformed, or a variable of it was not given."""


class StoreError(CoachError):
    """An interview can't be stored, or can't be found."""


class ModelError(CoachError):
    """The language model or the embedder can't do what was asked."""


class ModelUnknown(ModelError):
    """No model has this name."""


class ModelMissing(ModelError):
    """The model's files are not on this machine."""


class ModelMismatch(ModelError):
    """The bytes are not the ones that the catalog promises."""


class DownloadFailed(ModelError):
    """No route led to the model's bytes."""


class ModelUnreachable(ModelError):
    """Nothing answers at the model's address."""


class ModelTimeout(ModelError):
    """The model did not answer in time."""


class ModelRefused(ModelError):
    """The model's server said no: to the key, to the name, or to the request."""


class ModelBusy(ModelError):
    """The model's server asked to come back later, more often than we were ready to."""


class StreamBroken(ModelError):
    """The model's answer stopped half-way."""


class BadModelOutput(ModelError):
    """What the model wrote does not have the form that was asked for."""
