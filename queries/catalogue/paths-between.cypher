/*
title: All short paths between {a} and {b}
answers: All ways by the fewest steps between {a} and {b} (eight at most), with a sentence for each step.
topic: paths
parameters:
  - {name: a, type: entity, example: Volkswagen, help: where the paths begin}
  - {name: b, type: entity, example: Hefei, help: where the paths end}
  - {name: limit, type: integer, default: 20, example: "5", help: "how many paths at most, those of most documents first"}
columns:
  path: the number of the path
  step: the number of the step
  one: where the step begins
  tie: how the two are tied
  other: where the step ends
  since: from when on
  status: how far the tie is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
  sentence: one of the sentences
picture: the paths
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
// of ways over the same names the one of most documents
WITH way, collect(path)[0] AS path, max(documents) AS documents
ORDER BY documents DESC, way
LIMIT $limit
WITH collect(path) AS paths
UNWIND range(0, size(paths) - 1) AS p
WITH p + 1 AS path, paths[p] AS found
UNWIND range(0, length(found) - 1) AS i
WITH path, i + 1 AS step, nodes(found)[i] AS one, relationships(found)[i] AS tie, nodes(found)[i + 1] AS other
OPTIONAL MATCH (s:Statement {id: tie.statements[0]})
RETURN path, step, one, tie, other, tie.since AS since, tie.status AS status,
       tie.confidence AS confidence, tie.documents AS documents, s.text AS sentence
ORDER BY path, step
