/*
title: Path between {a} and {b}
answers: How {a} and {b} are tied over others, by the fewest steps (eight at most).
topic: paths
parameters:
  - {name: a, type: entity, example: Volkswagen, help: where the path begins}
  - {name: b, type: entity, example: Hefei, help: where the path ends}
columns:
  step: the number of the step
  one: where the step begins
  tie: how the two are tied
  other: where the step ends
  kind: what kind of co-operation or of site
  since: from when on
  status: how far the tie is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: the path
*/
// A common home town and rivalry tie nobody, and what is denied or rumoured leads nowhere.
WITH toLower($a) AS one_key, toLower($b) AS other_key
MATCH (:Name {key: one_key})<-[:NAMED]-(a:Entity)
MATCH (:Name {key: other_key})<-[:NAMED]-(b:Entity)
WITH DISTINCT a, b
WHERE a <> b
MATCH path = allShortestPaths((a)-[:PARTNERS_WITH|JOINT_VENTURE_WITH|INVESTED_IN|ACQUIRED|MERGED_WITH|SUBSIDIARY_OF|PART_OF|MEMBER_OF|SPUN_OFF_FROM|SUPPLIES|LICENSES_TO|FUNDS|EMPLOYED_BY|FOUNDED_BY|FACILITY_IN|PRODUCES*..8]-(b))
WITH path,
     reduce(documents = 0, tie IN relationships(path) | documents + tie.documents) AS documents,
     reduce(key = '', n IN nodes(path) | key + n.id + ' ') AS way,
     reduce(key = '', tie IN relationships(path) | key + type(tie) + tie.id + ' ') AS ties
ORDER BY length(path), documents DESC, way, ties
LIMIT 1
UNWIND range(0, length(path) - 1) AS i
WITH i + 1 AS step, nodes(path)[i] AS one, relationships(path)[i] AS tie, nodes(path)[i + 1] AS other
RETURN step, one, tie, other, tie.kind AS kind, tie.since AS since, tie.status AS status,
       tie.confidence AS confidence, tie.documents AS documents
ORDER BY step
