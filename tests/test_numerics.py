import numpy as np
import torch

from coach.numerics import multiply_quickly


def test_products_stay_as_near_as_sentences_need() -> None:
    """With bfloat16 or, where the processor has none, as before: a cosine moves by less than a ten-thousandth."""
    chance = np.random.default_rng(3)
    states, weights = (
        torch.from_numpy(chance.normal(size=(256, 768)).astype(np.float32)),
        torch.from_numpy(chance.normal(size=(768, 768)).astype(np.float32)),
    )
    matmul = torch.backends.mkldnn.matmul
    before = matmul.fp32_precision
    try:
        matmul.fp32_precision = "ieee"
        exact = torch.nn.functional.linear(states, weights)
        multiply_quickly()
        assert matmul.fp32_precision == "bf16"
        quick = torch.nn.functional.linear(states, weights)
    finally:
        matmul.fp32_precision = before
    assert quick.dtype == torch.float32
    assert float(torch.cosine_similarity(exact, quick).min()) > 0.9999
