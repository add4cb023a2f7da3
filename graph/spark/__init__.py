"""The graph by Spark: who is who, all rows, and the load into Neo4j, over many machines."""
