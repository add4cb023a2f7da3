"""Who is who among the names of all documents, by Spark: the same joins as on one machine.

Splink finds the pairs of names that share a block and, later, what likely pairs connect; how
probably two names are of one bearer, and what of that holds within a component, is decided by
the same functions and weights as for one document more (graph/resolution). Splink's own model,
a Fellegi-Sunter weight for each column, is passed by: names alone decide here, and by a model that
looks at both at once (graph/names).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from extract.errors import InputError
from graph.resolution.weights import weights
from graph.spark import deciding
from graph.spark.build import Keep
from graph.spark.flow import transform, transform_groups

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_MOST_ASKED = 50  # neighbours of a reference, as graph/resolution/witness.py looks up


def resolve_names(
    chosen: DataFrame, keep: Keep, judgements: Iterable[tuple[str, str, str]] = ()
) -> DataFrame:
    """Whom each reference refers to, and why, in the columns of deciding.JOIN.

    Args:
        chosen: one contribution a document (graph/spark/build.py).
        keep: keeps a step.
        judgements: what people judged: (verdict, reference, reference).

    Splink keeps its own steps in Spark's checkpoint folder, which must be set.
    Raises InputError where Splink is not installed.
    """
    splink = _splink(chosen)
    uses = keep("uses", transform(chosen, deciding.tell_uses, deciding.USE))
    references = keep(
        "named", transform_groups(uses, "reference", deciding.derive_references, deciding.REFERENCE)
    )
    scored = keep("alike", lambda: _score(splink, references))
    stated = keep("stated", transform(chosen, deciding.tell_stated, deciding.STATED).distinct())
    judged = _judged(chosen, judgements)
    likely = scored.where((scored["alike"] >= weights().unsure) | (scored["stated"] == 1))
    components = keep("components", lambda: _connect(splink, references, likely, judged))
    pieces = _pieces(components, references, scored, stated, judged)
    pieces += _together(components, references, likely, uses, stated)
    whole = pieces[0]
    for piece in pieces[1:]:
        whole = whole.unionByName(piece)
    joins = transform_groups(whole, "component", deciding.decide_component, deciding.JOIN)
    return keep("joins", joins)


def _splink(frame: DataFrame) -> Any:
    try:
        from splink import SparkAPI
    except ImportError as error:
        raise InputError("names on Spark need splink: pip install 'partnergraph[spark]'") from error
    make: Any = SparkAPI  # it has no types
    return make(
        spark_session=frame.sparkSession,
        register_udfs_automatically=False,
        break_lineage_method="parquet",  # plans that grow with each step fill Spark's memory
    )


def _score(splink: Any, references: DataFrame) -> DataFrame:
    """The pairs that share a block, with how alike their names are."""
    from pyspark.sql import functions as fn

    told = references.select("reference", "told")
    one = told.withColumnsRenamed({"reference": "one", "told": "one_told"})
    other = told.withColumnsRenamed({"reference": "other", "told": "other_told"})
    pairs = _block(splink, references)
    beside = pairs.join(one, "one").join(other, "other")
    # Names that begin alike are compared together: what is known of a name is kept for the next.
    spread = beside.repartition(fn.col("one"))
    return transform(spread, deciding.compare_names, deciding.LIKENESS)


def _block(splink: Any, references: DataFrame) -> DataFrame:
    from splink import Linker, SettingsCreator, block_on
    from splink.blocking_rule_library import CustomRule

    crossed = [
        CustomRule(f"l.{one} = r.{other}", arrays_to_explode=[one, other])
        for one, other in (("initials", "acronyms"), ("acronyms", "initials"))
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="reference",
        blocking_rules_to_generate_predictions=[
            block_on("plain", arrays_to_explode=["plain"]),
            *crossed,
        ],
        comparisons=[],
    )
    names = references.select("reference", "plain", "initials", "acronyms")
    linker = Linker(splink.register(names), settings, log_level=None)
    found: DataFrame = linker.inference.deterministic_link().as_spark_dataframe()
    return found.selectExpr("reference_l AS one", "reference_r AS other").distinct()


def _judged(frame: DataFrame, judgements: Iterable[tuple[str, str, str]]) -> DataFrame:
    rows = sorted(set(deciding.judged_pairs(judgements)))
    return frame.sparkSession.createDataFrame(rows, "one string, other string, sort string")


def _connect(splink: Any, references: DataFrame, likely: DataFrame, judged: DataFrame) -> DataFrame:
    """The component of each reference: what likely pairs and judgements connect."""
    from splink.clustering import cluster_pairwise_predictions_at_threshold

    edges = likely.select("one", "other").union(
        judged.where("sort = 'same'").select("one", "other")
    )
    nodes = edges.selectExpr("one AS reference").union(edges.selectExpr("other")).distinct()
    found = cluster_pairwise_predictions_at_threshold(
        nodes,
        edges,
        splink,
        node_id_column_name="reference",
        edge_id_column_name_left="one",
        edge_id_column_name_right="other",
    )
    table: DataFrame = found.as_spark_dataframe()
    connected = table.selectExpr("reference", "cluster_id AS component")
    alone = references.select("reference").join(connected, "reference", "left_anti")
    return connected.union(alone.selectExpr("reference", "reference AS component"))


def _pieces(
    components: DataFrame,
    references: DataFrame,
    scored: DataFrame,
    stated: DataFrame,
    judged: DataFrame,
) -> list[DataFrame]:
    """The references of each component, and what is known of pairs within it."""
    own = references.join(components, "reference").selectExpr(
        "component", "'reference' AS sort", "reference AS one", "NULL AS other", "told AS value"
    )
    alike = _within(scored, components).selectExpr(
        "component", "'alike' AS sort", "one", "other", "CAST(alike AS string) AS value"
    )
    tied = _within(stated.where("one < other"), components).selectExpr(
        "component", "'tied' AS sort", "one", "other", "NULL AS value"
    )
    told = _within(judged, components).selectExpr(
        "component", "sort", "one", "other", "NULL AS value"
    )
    return [own, alike, tied, told]


def _within(pairs: DataFrame, components: DataFrame) -> DataFrame:
    """Pairs whose two are of one component, with that."""
    one = components.withColumnRenamed("reference", "one")
    other = components.withColumnsRenamed({"reference": "other", "component": "its"})
    return pairs.join(one, "one").join(other, "other").where("component = its")


def _together(
    components: DataFrame,
    references: DataFrame,
    likely: DataFrame,
    uses: DataFrame,
    stated: DataFrame,
) -> list[DataFrame]:
    """Of likely pairs: whether a document names both, and the neighbours that both have."""
    from pyspark.sql import Window
    from pyspark.sql import functions as fn

    rare = _rarer_first(likely.select("one", "other"), references)
    within = rare.join(components.withColumnRenamed("reference", "one"), "one")
    used = uses.select("document", "reference")
    both = within.join(used.withColumnRenamed("reference", "one"), "one").join(
        used.withColumnRenamed("reference", "other"), ["document", "other"], "left_semi"
    )
    together = both.select("component", "one", "other").distinct()
    beside = stated.withColumnRenamed("other", "third")
    near = within.join(beside, "one").where("third <> other")
    first = fn.row_number().over(Window.partitionBy("one", "other").orderBy("third"))
    asked = near.withColumn("place", first).where(fn.col("place") <= _MOST_ASKED)
    shared = asked.join(beside.withColumnRenamed("one", "other"), ["other", "third"], "left_semi")
    return [
        together.selectExpr("component", "'together' AS sort", "one", "other", "NULL AS value"),
        shared.selectExpr("component", "'shared' AS sort", "one", "other", "third AS value"),
    ]


def _rarer_first(pairs: DataFrame, references: DataFrame) -> DataFrame:
    """Pairs as (one, other) of which the first is the one that fewer documents use."""
    number = references.select("reference", "documents")
    one = number.withColumnsRenamed({"reference": "one", "documents": "ones"})
    other = number.withColumnsRenamed({"reference": "other", "documents": "others"})
    beside = pairs.join(one, "one").join(other, "other")
    swap = "ones > others OR (ones = others AND one > other)"
    return beside.selectExpr(
        f"CASE WHEN {swap} THEN other ELSE one END AS one",
        f"CASE WHEN {swap} THEN one ELSE other END AS other",
    )
