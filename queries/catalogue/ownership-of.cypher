/*
title: Ownership of {name}
answers: Who owns or holds a stake in {name}, and whom {name} owns, over up to three steps.
topic: money
parameters:
  - name: name
    type: entity
    example: Volkswagen
    help: "a firm"
    suggestions: |
      MATCH (e:Entity)-[:SUBSIDIARY_OF|PART_OF|INVESTED_IN|ACQUIRED]-(:Entity)
      WHERE toLower(e.name) STARTS WITH $start
      RETURN DISTINCT e.name AS value ORDER BY value LIMIT $most
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
// A subsidiary points to its owner, an investor to what it holds. Step by step, up and down, each
// name once: all paths would be too many, and firms that hold one another end nothing.
WITH toLower($name) AS key
MATCH (:Name {key: key})<-[:NAMED]-(asked:Entity)
WITH DISTINCT asked
UNWIND [true, false] AS up
MATCH (asked)-[first:SUBSIDIARY_OF|PART_OF|INVESTED_IN|ACQUIRED]-(near:Entity)
WHERE ((startNode(first) = asked) = (type(first) IN ['SUBSIDIARY_OF', 'PART_OF'])) = up
WITH asked, up, collect(DISTINCT near) + [asked] AS reached, collect(DISTINCT first.id) AS firsts
UNWIND reached AS one
MATCH (one)-[second:SUBSIDIARY_OF|PART_OF|INVESTED_IN|ACQUIRED]-(far:Entity)
WHERE ((startNode(second) = one) = (type(second) IN ['SUBSIDIARY_OF', 'PART_OF'])) = up
WITH asked, up, firsts, collect(DISTINCT far) + [asked] AS reached,
     collect(DISTINCT second.id) AS seconds
UNWIND reached AS one
MATCH (one)-[tie:SUBSIDIARY_OF|PART_OF|INVESTED_IN|ACQUIRED]-(:Entity)
WHERE ((startNode(tie) = one) = (type(tie) IN ['SUBSIDIARY_OF', 'PART_OF'])) = up
WITH tie, min(CASE WHEN tie.id IN firsts THEN 1 WHEN tie.id IN seconds THEN 2 ELSE 3 END) AS steps
WITH tie, steps, startNode(tie) AS start, endNode(tie) AS end
ORDER BY steps, tie.documents DESC, tie.confidence DESC, tie.id LIMIT $limit
WITH tie, steps,
     CASE WHEN type(tie) IN ['INVESTED_IN', 'ACQUIRED'] THEN start ELSE end END AS owner,
     CASE WHEN type(tie) IN ['INVESTED_IN', 'ACQUIRED'] THEN end ELSE start END AS owned
RETURN steps, owner, tie, owned, tie.stake AS stake, tie.amount_text AS amount,
       tie.since AS since, tie.status AS status, tie.confidence AS confidence,
       tie.documents AS documents
ORDER BY steps, documents DESC, owner.name, owned.name, tie.id
