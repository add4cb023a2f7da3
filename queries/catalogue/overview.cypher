/*
title: The strongest ties
answers: Which ties most documents speak of, {limit} at most.
topic: partners
parameters:
  - {name: limit, type: integer, default: 150, example: "20", help: how many ties at most}
  - {name: unconfirmed, type: boolean, default: false, example: "yes", help: "also show what is denied, rumoured or disputed, marked by its status"}
columns:
  one: one side
  tie: how the two are tied
  other: the other side
  kind: what kind of co-operation or of site
  since: from when on
  status: how far the tie is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: the graph's strongest ties
*/
MATCH (one:Entity)-[tie]->(other:Entity)
WHERE ($unconfirmed OR type(tie) <> 'UNCONFIRMED') AND tie.status <> 'possible'
WITH one, tie, other
ORDER BY tie.documents DESC, tie.confidence DESC, tie.id
LIMIT $limit  // before names are read: every tie there is comes by here
RETURN one, tie, other, tie.kind AS kind, tie.since AS since, tie.status AS status,
       tie.confidence AS confidence, tie.documents AS documents
ORDER BY documents DESC, size(tie.statements) DESC, confidence DESC, one.name, other.name,
         one.id, other.id, type(tie), tie.id
