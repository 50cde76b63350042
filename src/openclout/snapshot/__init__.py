"""The snapshot: what may be seen, as of a time, opt-outs applied. Readers read nothing else."""
