"""The Cypher of resolution, in the form that is fast on both engines."""

from __future__ import annotations

# Reading what documents and people say.

_FIELDS = "r {.id, .type, .subtype, .name, .names, .documents} AS properties"
REFERENCES = f"UNWIND $ids AS id MATCH (r:Reference {{id: id}}) RETURN {_FIELDS}"
TALLIED = f"""
UNWIND $ids AS id MATCH (r:Reference {{id: id}}) RETURN {_FIELDS}, r.tallies AS tallies
"""
ALL_REFERENCES = f"MATCH (r:Reference) RETURN {_FIELDS}"
IN_BLOCKS = f"""
UNWIND $ids AS key MATCH (:Block {{key: key}})<-[:IN_BLOCK]-(r:Reference)
WITH DISTINCT r RETURN {_FIELDS}
"""
USES = """
UNWIND $ids AS id MATCH (:Reference {id: id})<-[m:USES]-(:Document)
RETURN id, properties(m) AS properties
"""
DOCUMENTS_OF = """
UNWIND $ids AS id MATCH (:Reference {id: id})<-[:USES]-(d:Document)
RETURN id, d.id AS document
"""
REFERENCES_OF = """
UNWIND $ids AS id MATCH (:Document {id: id})-[:USES]->(r:Reference)
RETURN id AS document, r.id AS reference
"""
STATED_BETWEEN = """
UNWIND $ids AS pair MATCH (s:Statement {pair: pair}) WHERE s.status <> 'possible'
RETURN DISTINCT pair
"""
STATED_OF = """
UNWIND $ids AS id MATCH (:Document {id: id})<-[:STATED_IN]-(s:Statement)
WHERE s.status <> 'possible'
RETURN DISTINCT s.subject_reference AS subject, s.object_reference AS object
"""
REFERENT_OF = """
UNWIND $ids AS id MATCH (r:Reference {id: id})-[t:REFERS_TO]->(e:Entity)
RETURN id, e.id AS entity, properties(t) AS properties
"""
REFERENCES_TO = """
UNWIND $ids AS id MATCH (:Entity {id: id})<-[:REFERS_TO]-(r:Reference)
RETURN properties(r) AS properties
"""
JUDGED_AS_A = "UNWIND $ids AS id MATCH (j:Judgement {a: id}) RETURN properties(j) AS properties"
JUDGED_AS_B = "UNWIND $ids AS id MATCH (j:Judgement {b: id}) RETURN properties(j) AS properties"
JUDGEMENTS = "MATCH (j:Judgement) RETURN properties(j) AS properties"

# A document's contribution, to be told anew.

DOCUMENT_ROWS = """
UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN id, properties(d) AS properties
"""
USE_ROWS = """
UNWIND $ids AS id MATCH (:Document {id: id})-[m:USES]->(r:Reference)
RETURN id, r.id AS reference, properties(m) AS properties
"""
STATEMENT_ROWS = """
UNWIND $ids AS id MATCH (:Document {id: id})<-[:STATED_IN]-(s:Statement)
RETURN id, properties(s) AS properties
"""

# Writing.

CREATE_REFERENCES = "UNWIND $rows AS row CREATE (r:Reference) SET r = row"
SET_REFERENCES = "UNWIND $rows AS row MATCH (r:Reference {id: row.id}) SET r = row"
DELETE_REFERENCES = "UNWIND $ids AS id MATCH (r:Reference {id: id}) DETACH DELETE r"
MERGE_BLOCKS = "UNWIND $keys AS key MERGE (:Block {key: key})"
CREATE_IN_BLOCK = """
UNWIND $rows AS row MATCH (r:Reference {id: row.reference}) MATCH (b:Block {key: row.key})
CREATE (r)-[:IN_BLOCK]->(b)
"""
DELETE_IN_BLOCK = """
UNWIND $rows AS row MATCH (:Reference {id: row.reference})-[t:IN_BLOCK]->(:Block {key: row.key})
DELETE t
"""
DELETE_BLOCKS = """
UNWIND $keys AS key MATCH (b:Block {key: key}) WHERE NOT (b)<-[:IN_BLOCK]-() DELETE b
"""
CREATE_USES = """
UNWIND $rows AS row MATCH (d:Document {id: row.document})
MATCH (r:Reference {id: row.reference})
CREATE (d)-[m:USES]->(r) SET m = row.properties
"""
DELETE_REFERS_TO = "UNWIND $ids AS id MATCH (:Reference {id: id})-[t:REFERS_TO]->() DELETE t"
CREATE_REFERS_TO = """
UNWIND $rows AS row MATCH (r:Reference {id: row.reference}) MATCH (e:Entity {id: row.entity})
CREATE (r)-[t:REFERS_TO]->(e) SET t = row.properties
"""
SET_REFERS_TO = """
UNWIND $rows AS row MATCH (:Reference {id: row.reference})-[t:REFERS_TO]->(:Entity)
SET t = row.properties
"""
CREATE_JUDGEMENTS = "UNWIND $rows AS row CREATE (j:Judgement) SET j = row"
DELETE_JUDGEMENTS = "UNWIND $ids AS id MATCH (j:Judgement {id: id}) DELETE j"
