from tests.ui.sampled import hands, sample, sample_file

__all__ = ["hands", "sample", "sample_file"]
