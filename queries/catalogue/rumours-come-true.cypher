/*
title: Rumours that came true
answers: Which ties were rumoured or planned first, and claimed as real by a later document.
topic: status
parameters:
  - {name: limit, type: integer, default: 200, example: "20", help: "how many ties at most"}
columns:
  one: one side
  tie: how the two are tied
  other: the other side
  first: what was said first
  rumoured: when that was first said
  real: when it was first said to be so
  status: how far the tie is real now
  documents: how many documents say so
picture: the ties that came true
*/
MATCH (rumour:Statement)-[:STATED_IN]->(early:Document)
WHERE rumour.status IN ['rumoured', 'planned']
WITH rumour.tie AS id, min(early.date) AS rumoured, min(rumour.status) AS first
MATCH (claim:Statement {tie: id})-[:STATED_IN]->(late:Document)
WHERE claim.status IN ['in_effect', 'announced'] AND late.date > rumoured
WITH id, rumoured, first, min(late.date) AS real, min(claim.id) AS claimed
MATCH (s:Statement {id: claimed})
MATCH (s)-[:SUBJECT]->(one:Entity)
MATCH (s)-[:OBJECT]->(other:Entity)
MATCH (one)-[tie]-(other) WHERE tie.id = id
WITH DISTINCT one, tie, other, first, rumoured, real
RETURN one, tie, other, first, rumoured, real, tie.status AS status, tie.documents AS documents
ORDER BY real DESC, documents DESC, one.name, other.name, tie.id LIMIT $limit
