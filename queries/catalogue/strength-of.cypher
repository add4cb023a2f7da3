/*
title: Strength of the ties of {name}
answers: By how many documents that are independent of one another, and how many publishers, each tie of {name} is told.
topic: evidence
parameters:
  - {name: name, type: entity, example: Volkswagen, help: "a firm, a university, a public body, a place"}
  - {name: limit, type: integer, default: 200, example: "20", help: "how many ties at most, those of most documents first"}
columns:
  entity: the one asked about
  tie: how the two are tied
  partner: the other side
  documents: how many documents say so, copies of one story counted once
  publishers: how many publishers
  first: the date of the first document
  last: the date of the last
  confidence: how sure the reading is, 0 to 1
  status: how far the tie is real
picture: the one asked about, its ties and partners
*/
WITH toLower($name) AS key
MATCH (:Name {key: key})<-[:NAMED]-(entity:Entity)
WITH DISTINCT entity
MATCH (entity)-[tie]-(partner:Entity)
WHERE tie.status <> 'possible'
WITH entity, tie, partner ORDER BY tie.documents DESC, tie.confidence DESC, tie.id LIMIT $limit
MATCH (s:Statement {tie: tie.id})-[:STATED_IN]->(d:Document)
WHERE s.status <> 'possible'
WITH entity, tie, partner, count(DISTINCT d.publisher) AS publishers, min(d.date) AS first, max(d.date) AS last
RETURN entity, tie, partner, tie.documents AS documents, publishers, first, last,
       tie.confidence AS confidence, tie.status AS status
ORDER BY documents DESC, publishers DESC, confidence DESC, partner.name, partner.id, tie.id
