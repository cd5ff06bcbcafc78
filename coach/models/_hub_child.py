"""Fetch one file from the publisher's hub: run by `fetch.py` as a script, never imported.

Arguments: repository, revision, path, folder. A failure is one line on stderr and exit code 1.
"""

import sys

_PROBE_SECONDS = 2.0


def main() -> int:
    """Fetch, and return the exit code."""
    repo, revision, path, folder = sys.argv[1:]
    import huggingface_hub
    from huggingface_hub import constants

    try:
        # The client itself tries five times, which without a network takes longer than people wait: one
        # short question first. Any answer, even a refusal, means that somebody is there.
        huggingface_hub.get_session().head(constants.ENDPOINT, timeout=_PROBE_SECONDS)
        huggingface_hub.hf_hub_download(repo, path, revision=revision, local_dir=folder, token=False)
    except Exception as error:
        # The reason lies in the first line, the advice for owners of the repository in those that follow.
        reason = str(error).strip().splitlines() or [type(error).__name__]
        sys.stderr.write(reason[0] + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
