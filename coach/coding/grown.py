"""How the time of a piece of code grows with its input, and why that is thought: the result of `growth.estimate`."""

from pydantic import BaseModel, ConfigDict


class Reason(BaseModel):
    """Why the estimate is what it is: one line of the code (from 1), and what it does."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int
    text: str


class Growth(BaseModel):
    """How time grows: the sizes of a term are multiplied with each other and with `log` logarithms, the terms added up.

    All terms have the same number of sizes; what grows slower is left out.
    `exponential`: it branches in two at each step, and the rest says nothing. `unsure` are lines of loops whose number
    of rounds the code does not show.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    terms: tuple[tuple[str, ...], ...] = ((),)
    log: int = 0
    exponential: bool = False
    reasons: tuple[Reason, ...] = ()
    unsure: tuple[int, ...] = ()

    @property
    def rank(self) -> tuple[bool, int, int]:
        """What orders estimates: a higher one grows faster."""
        return self.exponential, len(self.terms[0]), self.log

    @property
    def compared(self) -> tuple[bool, int, int]:
        """As `rank`, but the sizes of items (`rows[i]`) do not count: they are the input too, told twice."""
        whole = max(sum(not size.endswith("[i]") for size in sizes) for sizes in self.terms)
        return self.exponential, whole, self.log

    @property
    def notation(self) -> str:
        """The usual notation, over the names of the code's own parameters."""
        if self.exponential:
            return "exponential"
        told = [
            " × ".join((*sizes, *[f"log {sizes[-1] if sizes else 'n'}"] * self.log))
            for sizes in self.terms[:3]
        ]
        return f"O({' + '.join(told) or '1'})"

    @property
    def words(self) -> str:
        """What people call it."""
        if self.exponential:
            return "exponential"
        power = len(self.terms[0])
        same = any(len(set(sizes)) == 1 for sizes in self.terms)
        named = {0: "constant", 1: "linear", 2: "quadratic" if same else "a product of two sizes"}
        base = named.get(power, f"a product of {power} sizes")
        if self.log:
            return "logarithmic" if not power else f"{base} times a logarithm"
        return base
