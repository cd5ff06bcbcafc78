"""How precisely networks multiply."""


def multiply_quickly() -> None:
    """Let torch multiply matrices in bfloat16 wherever the processor does that natively.

    Sums stay in single precision. The setting is the process's, and what is read before and after it differs in the
    fourth decimal, so whoever loads a network calls it first. On a processor without such instructions nothing changes.
    """
    import torch

    torch.backends.mkldnn.matmul.fp32_precision = "bf16"
