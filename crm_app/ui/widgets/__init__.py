"""The parts pages are built from; each module is one part."""
