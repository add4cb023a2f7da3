"""Reading on Apache Spark: from a laptop's cores to a cluster, with the same result."""
