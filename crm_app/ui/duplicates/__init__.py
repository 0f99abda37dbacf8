"""Duplicates (重复企业): groups that a scan found, side by side with the evidence; the merge and its preview."""
