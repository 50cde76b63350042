"""The snapshot: what may be seen, as of a time, with opt-outs applied. Readers read nothing else."""
