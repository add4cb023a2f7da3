/*
title: Changes between {from} and {to}
answers: Which ties documents from {from} to {to} speak of for the first time, end, or call differently than before.
topic: time
parameters:
  - {name: from, type: date, example: "2025-01", help: "the first day, month or year"}
  - {name: to, type: date, example: "2025-06", help: "the last day, month or year, counted in"}
  - {name: limit, type: integer, default: 500, example: "20", help: "how many ties at most"}
columns:
  change: new, ended, or status changed
  one: one side
  tie: how the two are tied
  other: the other side
  before: what earlier documents said of it
  within: what the documents of that time say of it
  documents: how many documents say so
picture: the ties that changed
*/
MATCH (d:Document) WHERE d.date >= $from AND left(d.date, size($to)) <= $to
MATCH (d)<-[:STATED_IN]-(s:Statement) WHERE s.status <> 'possible'
WITH s.tie AS id, s.status AS said, s ORDER BY said
WITH id, collect(DISTINCT said) AS within, min(s.id) AS first
OPTIONAL MATCH (earlier:Statement {tie: id})-[:STATED_IN]->(e:Document)
WHERE earlier.status <> 'possible' AND (e.date < $from OR e.date IS NULL)
WITH id, within, first, earlier.status AS said ORDER BY said
WITH id, within, first, collect(DISTINCT said) AS before
WITH id, within, before, first,
     CASE WHEN size(before) = 0 THEN 'new'
          WHEN 'ended' IN within AND NOT 'ended' IN before THEN 'ended'
          WHEN any(status IN within WHERE NOT status IN before) THEN 'status changed'
          ELSE null END AS change
WHERE change IS NOT NULL
MATCH (s:Statement {id: first})
MATCH (s)-[:SUBJECT]->(one:Entity)
MATCH (s)-[:OBJECT]->(other:Entity)
MATCH (one)-[tie]-(other) WHERE tie.id = id
WITH DISTINCT change, one, tie, other, before, within
ORDER BY change, tie.documents DESC, tie.id LIMIT $limit
RETURN change, one, tie, other, before, within, tie.documents AS documents
ORDER BY change, documents DESC, one.name, other.name, tie.id
