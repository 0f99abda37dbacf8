from tests.ui.sampled import hands, sample

__all__ = ["hands", "sample"]
