/*
title: What became of joint ventures
answers: What each document said of each joint venture, in the order of time.
topic: time
parameters:
  - {name: limit, type: integer, default: 500, example: "20", help: "how many sentences at most"}
columns:
  deal: the joint venture
  date: the date of the document
  one: of which two it says so
  other: the other of them
  said: how far the document says that it is real
  sentence: the sentence
  document: where it stands
  status: how far it is real, all documents taken together
picture: every joint venture with its parents
*/
MATCH (deal:Partnership {type: 'JOINT_VENTURE_WITH'})
WHERE deal.status <> 'possible'
MATCH (deal)<-[:ABOUT]-(s:Statement)-[:STATED_IN]->(document:Document)
WHERE s.status <> 'possible'
WITH deal, document, s.tie AS pair, s.status AS said, min(s.id) AS first
WITH deal, document, said, first ORDER BY deal.title, deal.id, document.date, first LIMIT $limit
MATCH (s:Statement {id: first})
MATCH (s)-[:SUBJECT]->(one:Entity)
MATCH (s)-[:OBJECT]->(other:Entity)
RETURN deal, document.date AS date, one, other, said, s.text AS sentence, document.title AS document,
       deal.status AS status
ORDER BY deal.title, deal.id, date, said, first
