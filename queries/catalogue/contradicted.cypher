/*
title: Contradicted or denied
answers: Which ties are denied or disputed, who says so, and who says otherwise.
topic: status
parameters:
  - {name: limit, type: integer, default: 200, example: "20", help: "how many ties at most, those of most documents first"}
columns:
  one: one side
  tie: how the two are tied
  other: the other side
  status: denied, or disputed where others still claim it
  date: the date of the document
  said: what it says of the tie
  sentence: the sentence
  document: where it stands
picture: the ties that are denied or disputed
*/
MATCH (one:Entity)-[tie:UNCONFIRMED]->(other:Entity)
WHERE tie.status IN ['denied', 'disputed']
WITH one, tie, other ORDER BY tie.documents DESC, tie.id LIMIT $limit
MATCH (s:Statement {tie: tie.id})-[:STATED_IN]->(d:Document)
WHERE s.status <> 'possible'
RETURN one, tie, other, tie.status AS status, d.date AS date, s.status AS said,
       s.text AS sentence, d.title AS document
ORDER BY one.name, other.name, tie.id, date DESC, said, s.id
