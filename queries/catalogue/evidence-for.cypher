/*
title: Evidence for {name}
answers: Which sentences say something of {name}, and in which documents.
topic: evidence
parameters:
  - {name: name, type: entity, example: Volkswagen, help: "a firm, a person, a place"}
  - {name: with, type: entity, default: null, example: Hefei, help: only sentences that are about this one too}
  - {name: limit, type: integer, default: 500, example: "20", help: "how many sentences at most, the latest first"}
columns:
  subject: who the sentence is about
  tie: what it says
  object: of whom or what
  status: how far it says so
  sentence: its words
  document: the document that it stands in
  date: the document's date
  publisher: the document's publisher
  confidence: how sure the reading is, 0 to 1
picture: what the sentences say
*/
WITH toLower($name) AS key
MATCH (:Name {key: key})<-[:NAMED]-(entity:Entity)
WITH DISTINCT entity
MATCH (entity)<-[:SUBJECT|OBJECT|SITE]-(s:Statement)
WHERE s.status <> 'possible' AND ($with IS NULL OR EXISTS {
  MATCH (s)-[:SUBJECT|OBJECT|SITE]->(second:Entity)-[:NAMED]->(n:Name)
  WHERE n.key = toLower($with) AND second <> entity
})
WITH s, collect(DISTINCT entity) AS asked
MATCH (s)-[:STATED_IN]->(document:Document)
WITH s, asked, document ORDER BY document.date DESC, document.id, s.start, s.id LIMIT $limit
MATCH (s)-[:SUBJECT]->(subject:Entity)
MATCH (s)-[:OBJECT]->(object:Entity)
WITH *, CASE WHEN subject IN asked THEN object ELSE subject END AS far,
     CASE WHEN subject IN asked THEN subject ELSE object END AS near
OPTIONAL MATCH (far)-[tie]-(near)  // from the end that is not the one asked about: it has few ties
WHERE tie.id = s.tie
RETURN subject, tie, object, s.status AS status, s.text AS sentence, document,
       document.date AS date, document.publisher AS publisher, s.confidence AS confidence
ORDER BY document.date DESC, document.id, s.start, s.id, type(tie)
