/*
title: Ownership of {name}
answers: Who owns or holds a stake in {name}, and whom {name} owns, over up to five steps.
topic: money
parameters:
  - {name: name, type: entity, example: Volkswagen, help: "a firm"}
  - {name: limit, type: integer, default: 500, example: "20", help: "how many ties at most, the nearest first"}
columns:
  steps: how many steps away from the one asked about
  owner: who owns or holds a stake
  tie: how the two are tied
  owned: who is owned
  stake: the share held
  amount: the money named, as written
  since: from when on
  status: how far the tie is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: owners above, what is owned below
*/
// A subsidiary points to its owner, an investor to what it holds; a tie is walked once, so that
// firms that hold one another end nothing.
WITH toLower($name) AS key
MATCH (:Name {key: key})<-[:NAMED]-(asked:Entity)
WITH DISTINCT asked
MATCH path = (asked)-[:SUBSIDIARY_OF|INVESTED_IN|ACQUIRED|PART_OF*1..5]-(end:Entity)
WITH relationships(path) AS ties, nodes(path) AS stops, length(path) AS steps
WITH ties, steps,
     [i IN range(0, steps - 1) WHERE
        (startNode(ties[i]) = stops[i]) = (type(ties[i]) IN ['SUBSIDIARY_OF', 'PART_OF']) | i] AS up
// all up, or all down
WHERE size(up) = steps OR size(up) = 0
WITH ties[steps - 1] AS tie, steps AS far
WITH tie, min(far) AS steps
WITH tie, steps, startNode(tie) AS start, endNode(tie) AS end
ORDER BY steps, tie.documents DESC, tie.confidence DESC, tie.id LIMIT $limit
WITH tie, steps,
     CASE WHEN type(tie) IN ['INVESTED_IN', 'ACQUIRED'] THEN start ELSE end END AS owner,
     CASE WHEN type(tie) IN ['INVESTED_IN', 'ACQUIRED'] THEN end ELSE start END AS owned
RETURN steps, owner, tie, owned, tie.stake AS stake, tie.amount_text AS amount,
       tie.since AS since, tie.status AS status, tie.confidence AS confidence,
       tie.documents AS documents
ORDER BY steps, documents DESC, owner.name, owned.name, tie.id
