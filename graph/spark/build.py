"""The rows of a graph, made by Spark from readings: what graph/bulk does in memory, at any size.

Each step's result is kept as Parquet until the last is there, so that a job that was broken off
goes on after the last whole step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from graph.spark import told
from graph.spark.flow import transform, transform_groups
from graph.spark.texts import ROW
from graph.stories import connect

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Keep = Callable[[str, "DataFrame | Callable[[], DataFrame]"], "DataFrame"]
"""Writes a step's rows under a name, where they are not there yet, and reads them again. Rows that
cost something before they are written come as a function, which is not called if they are there."""


def made(frame: DataFrame | Callable[[], DataFrame]) -> DataFrame:
    """Rows that are to be kept, from the function that makes them if it is one."""
    return frame() if callable(frame) else frame


def choose(readings: DataFrame, keep: Keep) -> DataFrame:
    """One contribution a document, in the columns document and contribution.

    Args:
        readings: lines of the exchange format, in a column ``reading``.
        keep: keeps a step.

    Of several readings of one document the earliest dated is taken, then by source, as when
    they are loaded one by one.
    """
    from pyspark.sql import functions as fn

    made = transform(readings.select("reading"), told.tell_contributions, told.CONTRIBUTION)
    least = fn.min(fn.struct("dated", "source", "print", "contribution")).alias("least")
    chosen = made.groupBy("document").agg(least)
    return keep("contributions", chosen.select("document", "least.contribution"))


def build_rows(chosen: DataFrame, joins: DataFrame, keep: Keep) -> tuple[DataFrame, DataFrame]:
    """The nodes and the relationships of the graph, in the columns of texts.ROW.

    Args:
        chosen: what `choose` gave.
        joins: whom each reference refers to: reference, entity, by, probability, like, reasons.
        keep: keeps a step.
    """
    from pyspark.sql import functions as fn

    said = keep("documents", _said(chosen, joins, keep))
    rows = said.where("sort = 'row'").select("kind", "start", "end", "properties")
    references = keep("references", _references(rows, joins))
    entities = keep("entities", _entities(rows, joins))
    names = transform(entities.where("kind LIKE 'Entity:%'"), told.tell_names, told.NAME)
    ties = keep("ties", transform_groups(said.where("sort = 'tie'"), "about", told.tell_ties, ROW))
    deals = keep("deals", _deals(said, names))
    whole = [rows, references, entities, ties, deals]
    ends = [
        _ends(references, "Reference-IN_BLOCK-Block"),
        _ends(entities, "Entity-NAMED-Name"),
    ]
    is_node = fn.col("end").isNull()
    nodes = [part.where(is_node) for part in whole] + ends
    return keep("nodes", _union(nodes)), keep(
        "relationships", _union([part.where(~is_node) for part in whole])
    )


def _said(chosen: DataFrame, joins: DataFrame, keep: Keep) -> DataFrame:
    from pyspark.sql import functions as fn

    uses = transform(chosen, told.tell_uses, told.USE)
    pair = fn.struct("reference", "entity")
    who = (
        uses.join(joins.select("reference", "entity"), "reference")
        .groupBy("document")
        .agg(fn.collect_list(pair).alias("who"))
    )
    whole = chosen.join(who, "document", "left").join(_stories(chosen, keep), "document", "left")
    return transform(whole, told.tell_documents, told.SAID)


def _stories(chosen: DataFrame, keep: Keep) -> DataFrame:
    """The story of each document that has near-copies: document, story."""
    bands = transform(chosen, told.tell_bands, told.BAND)
    pairs = keep("copies", transform_groups(bands, "band", told.tell_copies, told.PAIR).distinct())
    # Near-copies are few beside documents; what connects them fits the memory of one process.
    found = [(row["one"], row["other"]) for row in pairs.toLocalIterator()]
    members = {id_ for pair in found for id_ in pair}
    stories = [(id_, min(story)) for story in connect(members, found) for id_ in story]
    return chosen.sparkSession.createDataFrame(sorted(stories), "document string, story string")


def _references(rows: DataFrame, joins: DataFrame) -> DataFrame:
    uses = rows.where("kind = 'Document-USES-Reference'")
    beside = uses.selectExpr("`end` AS reference", "properties").join(joins, "reference")
    return transform_groups(beside, "reference", told.tell_references, ROW)


def _entities(rows: DataFrame, joins: DataFrame) -> DataFrame:
    from pyspark.sql import functions as fn

    mentions = rows.where("kind = 'Document-MENTIONS-Entity'")
    number = joins.groupBy("entity").agg(fn.count("*").alias("references"))
    beside = mentions.selectExpr("`end` AS entity", "properties").join(number, "entity")
    return transform_groups(beside, "entity", told.tell_entities, ROW)


def _deals(said: DataFrame, names: DataFrame) -> DataFrame:
    about = said.where("sort IN ('deal', 'parties')").select("sort", "about", "properties")
    digests = transform_groups(about, "about", told.tell_digests, told.DEAL)
    named = digests.join(names, "entity")
    return transform_groups(named, "deal", told.tell_deals, ROW)


def _ends(rows: DataFrame, kind: str) -> DataFrame:
    ends = rows.where(rows["kind"] == kind).select("kind", "end").distinct()
    return transform(ends, told.tell_ends, ROW)


def _union(parts: list[DataFrame]) -> DataFrame:
    whole, *others = parts
    for other in others:
        whole = whole.unionByName(other)
    return whole
