"""What the page was given: uploads and pasted text, as files for the library."""

from pathlib import Path

from coach.errors import DocumentRefused, UsageError
from coach.interview.posting import read_posting
from coach.library.documents import LARGEST_FILE, parse
from coach.library.material import Given


def uploaded(path: Path, refused: list[tuple[str, str]]) -> Given | None:
    """Read an upload; one that can't be read joins `refused` with the reason."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            refused.append(
                (path.name, f"{size / 1e6:.0f} MB is more than {LARGEST_FILE / 1e6:.0f} MB; split it")
            )
            return None
        return Given(path.name, path.read_bytes())
    except OSError as error:
        refused.append((path.name, f"can't be read: {error.strerror}"))
        return None


def pasted(title: str, text: str) -> Given:
    """Pasted text as a file: Markdown when it has such headings; without a title, its first words are its name."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    markdown = any(line.startswith("#") and line.lstrip("#")[:1] == " " for line in lines)
    name = title.strip() or " ".join(lines[0].lstrip("# ").split()[:8]) or "text"
    # A title may hold what a path is made of; it is only a title.
    plain = name.replace("/", " ").replace("\\", " ")
    return Given(f"{plain}.{'md' if markdown else 'txt'}", text.encode("utf-8", "replace"))


def is_posting(given: Given, refused: list[tuple[str, str]]) -> bool:
    """Whether it is a job posting; what isn't joins `refused` with the reason."""
    try:
        read_posting(parse(given.data, given.name).text)
    except (DocumentRefused, UsageError) as error:
        refused.append((given.name, str(error)))
        return False
    return True


def drop_upload(path: Path) -> None:
    """The copy that gradio made of an upload goes; the user's own file is elsewhere."""
    from gradio.utils import get_upload_folder

    if Path(get_upload_folder()).resolve() in path.resolve().parents:
        path.unlink(missing_ok=True)
