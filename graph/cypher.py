"""The Cypher that loading and forgetting run, in the form that is fast on both engines.

Every node is looked up by one label and its unique key. Labels and relationship types that
depend on the ontology are put in here, from its own names; values are parameters always.
"""

from __future__ import annotations

from functools import cache

from extract.ontology import ontology
from graph.derive import UNCONFIRMED

# Reading what a change touches.

LOCK = "MATCH (v:PartnergraphSchema {id: 'schema'}) SET v.changes = coalesce(v.changes, 0) + 1"
"""Taken first: on a server, writers queue here, so that none derives from a half-told graph."""

DELETE_MEASURE = "MATCH (m:Measure {id: $id}) DELETE m"

FINGERPRINTS = """
UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN id, d.fingerprint AS fingerprint
"""
MENTIONED = """
UNWIND $ids AS id MATCH (:Document {id: id})-[m:MENTIONS]->(e:Entity)
RETURN e.id AS entity, properties(m) AS properties
"""
STATED = """
UNWIND $ids AS id MATCH (:Document {id: id})<-[:STATED_IN]-(s:Statement)
OPTIONAL MATCH (s)-[:ABOUT]->(p:Partnership)
RETURN DISTINCT s.tie AS tie, p.id AS deal
"""
ENTITIES = """
UNWIND $ids AS id MATCH (e:Entity {id: id})
RETURN id, labels(e) AS labels, properties(e) AS properties
"""
NAMES_OF = "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN id, e.name AS name"
MENTIONS_OF = """
UNWIND $ids AS id MATCH (:Entity {id: id})<-[m:MENTIONS]-(:Document)
RETURN id, properties(m) AS properties
"""
DEALS_OF = """
UNWIND $ids AS id MATCH (:Entity {id: id})-[:PARTY_TO|SITED_IN]-(p:Partnership)
RETURN DISTINCT p.id AS deal
"""
PARTIES = """
UNWIND $ids AS id MATCH (:Partnership {id: id})<-[r:PARTY_TO]-(e:Entity)
RETURN id, r.role AS role, e.id AS entity
"""
# No labels at the far ends: a planner that thinks them few would scan them all.
_CLAIM = """
MATCH (s)-[:STATED_IN]->(d)
MATCH (s)-[:SUBJECT]->(head)
MATCH (s)-[:OBJECT]->(tail)
OPTIONAL MATCH (s)-[:SITE]->(site)
OPTIONAL MATCH (s)-[:ABOUT]->(p)
RETURN DISTINCT id AS about, s.id AS id, d.id AS document,
       coalesce(d.story, d.id) AS story, d.date AS dated,
       head.id AS head, tail.id AS tail, site.id AS site, p.id AS deal,
       s {.type, .tie, .status, .confidence, .role, .kind, .stake, .since, .until, .date, .count,
          .people, .amount, .currency, .amount_text} AS properties
"""
CLAIMS_OF_TIES = "UNWIND $ids AS id MATCH (s:Statement {tie: id})" + _CLAIM
CLAIMS_OF_DEALS = "UNWIND $ids AS id MATCH (:Partnership {id: id})<-[:ABOUT]-(s:Statement)" + _CLAIM

DIGESTS = "UNWIND $ids AS key MATCH (k:Digest {key: key}) RETURN key, k.text AS text"
STORIES_OF = "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN DISTINCT d.story AS story"
SKETCHES_OF_STORIES = """
UNWIND $ids AS story MATCH (d:Document {story: story})
WITH d.id AS id, d.story AS story MATCH (k:Sketch {id: id})
RETURN id, story, k.sketch AS sketch
"""

# Taking out.

DELETE_STATEMENTS = """
UNWIND $ids AS id MATCH (:Document {id: id})<-[:STATED_IN]-(s:Statement) DETACH DELETE s
"""
DELETE_DOCUMENTS = "UNWIND $ids AS id MATCH (d:Document {id: id}) DETACH DELETE d"
DELETE_ENTITIES = "UNWIND $ids AS id MATCH (e:Entity {id: id}) DETACH DELETE e"
DELETE_PARTNERSHIPS = "UNWIND $ids AS id MATCH (p:Partnership {id: id}) DETACH DELETE p"
DELETE_NAMED = """
UNWIND $rows AS row MATCH (:Entity {id: row.entity})-[r:NAMED]->(:Name {key: row.key}) DELETE r
"""
DELETE_NAMES = """
UNWIND $keys AS key MATCH (n:Name {key: key}) WHERE NOT (n)<-[:NAMED]-() DELETE n
"""
DELETE_SITES = """
UNWIND $rows AS row
MATCH (:Partnership {id: row.deal})-[r:SITED_IN]->(:Entity {id: row.site}) DELETE r
"""

DELETE_DIGESTS = "UNWIND $keys AS key MATCH (k:Digest {key: key}) DELETE k"
DELETE_SKETCHES = "UNWIND $ids AS id MATCH (k:Sketch {id: id}) DELETE k"

# Putting in.

CREATE_DOCUMENTS = "UNWIND $rows AS row CREATE (d:Document) SET d = row"
SET_ENTITIES = "UNWIND $rows AS row MATCH (e:Entity {id: row.id}) SET e = row"
MERGE_NAMES = "UNWIND $keys AS key MERGE (:Name {key: key})"
CREATE_NAMED = """
UNWIND $rows AS row MATCH (e:Entity {id: row.entity}) MATCH (n:Name {key: row.key})
CREATE (e)-[:NAMED]->(n)
"""
CREATE_MENTIONS = """
UNWIND $rows AS row MATCH (d:Document {id: row.document}) MATCH (e:Entity {id: row.entity})
CREATE (d)-[m:MENTIONS]->(e) SET m = row.properties
"""
CREATE_STATEMENTS = """
UNWIND $rows AS row
MATCH (d:Document {id: row.document}) MATCH (head:Entity {id: row.head})
MATCH (tail:Entity {id: row.tail})
CREATE (s:Statement) SET s = row.properties
CREATE (s)-[:STATED_IN]->(d)
CREATE (s)-[:SUBJECT]->(head)
CREATE (s)-[:OBJECT]->(tail)
"""
CREATE_SITE = """
UNWIND $rows AS row MATCH (s:Statement {id: row.id}) MATCH (e:Entity {id: row.site})
CREATE (s)-[:SITE]->(e)
"""
CREATE_PARTNERSHIPS = "UNWIND $rows AS row CREATE (p:Partnership) SET p = row"
SET_PARTNERSHIPS = "UNWIND $rows AS row MATCH (p:Partnership {id: row.id}) SET p = row"
CREATE_PARTIES = """
UNWIND $rows AS row MATCH (e:Entity {id: row.party}) MATCH (p:Partnership {id: row.deal})
CREATE (e)-[:PARTY_TO {role: row.role}]->(p)
"""
CREATE_SITED_IN = """
UNWIND $rows AS row MATCH (p:Partnership {id: row.deal}) MATCH (e:Entity {id: row.site})
CREATE (p)-[:SITED_IN]->(e)
"""
CREATE_ABOUT = """
UNWIND $rows AS row MATCH (s:Statement {id: row.id}) MATCH (p:Partnership {id: row.deal})
CREATE (s)-[:ABOUT]->(p)
"""
CREATE_DIGESTS = "UNWIND $rows AS row CREATE (k:Digest) SET k = row"
SET_DIGESTS = "UNWIND $rows AS row MATCH (k:Digest {key: row.key}) SET k.text = row.text"
CREATE_SKETCHES = "UNWIND $rows AS row CREATE (k:Sketch) SET k = row"
UNLINK_STORIES = """
UNWIND $ids AS id MATCH (:Document {id: id})-[r:SAME_STORY_AS]->(:Document) DELETE r
"""
SET_STORIES = "UNWIND $rows AS row MATCH (d:Document {id: row.id}) SET d.story = row.story"
LINK_STORIES = """
UNWIND $ids AS id MATCH (d:Document {story: id}) WHERE d.id <> id
WITH d, id MATCH (first:Document {id: id}) WHERE NOT (d)-[:SAME_STORY_AS]->(first)
CREATE (d)-[:SAME_STORY_AS]->(first)
"""


@cache
def labels() -> frozenset[str]:
    """The labels beside :Entity."""
    return frozenset(kind.label for kind in ontology().kinds.values())


@cache
def tie_types() -> frozenset[str]:
    """The types of derived relationships."""
    return frozenset({*ontology().relations, UNCONFIRMED})


def create_entities(label: str) -> str:
    """Create entities of one kind."""
    return f"UNWIND $rows AS row CREATE (e:Entity:{_label(label)}) SET e = row"


def sketches_of_band(position: int) -> str:
    """Sketches that have these values in one band, with the stories of their documents."""
    return (
        f"UNWIND $ids AS band MATCH (k:Sketch {{band_{int(position)}: band}}) "
        "WITH band, k.id AS id, k.sketch AS sketch MATCH (d:Document {id: id}) "
        "RETURN band, id, d.story AS story, sketch"
    )


def relabel(old: str, new: str) -> str:
    """Change the kind's label of entities, keeping their relationships.

    The embedded engine can't move a node between labels while a unique key holds it, hence
    the key that is taken off and put on again in the same statement.
    """
    return (
        "UNWIND $ids AS id MATCH (e:Entity {id: id}) "
        f"SET e.id = null, e:{_label(new)} REMOVE e:{_label(old)} SET e.id = id"
    )


def create_ties(type_: str) -> str:
    """Create derived ties of one type."""
    return (
        "UNWIND $rows AS row MATCH (a:Entity {id: row.head}) MATCH (b:Entity {id: row.tail}) "
        f"CREATE (a)-[r:{_type(type_)}]->(b) SET r = row.properties"
    )


def set_ties(type_: str) -> str:
    """Renew derived ties that keep their type."""
    return (
        "UNWIND $rows AS row "
        f"MATCH (:Entity {{id: row.head}})-[r:{_type(type_)} {{id: row.id}}]->"
        "(:Entity {id: row.tail}) SET r = row.properties"
    )


def delete_ties(type_: str) -> str:
    """Delete derived ties of one type."""
    return (
        "UNWIND $rows AS row "
        f"MATCH (:Entity {{id: row.head}})-[r:{_type(type_)} {{id: row.id}}]->"
        "(:Entity {id: row.tail}) DELETE r"
    )


def _label(name: str) -> str:
    if name not in labels():
        raise ValueError(f"{name!r} is no label of the ontology")
    return name


def _type(name: str) -> str:
    if name not in tie_types():
        raise ValueError(f"{name!r} is no relation type of the ontology")
    return name
