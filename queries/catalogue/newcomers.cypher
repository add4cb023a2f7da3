/*
title: Newcomers since {since}
answers: Who is named in documents of {since} or later and in none before.
topic: time
parameters:
  - {name: since, type: date, example: "2025", help: "a day, month or year"}
  - {name: limit, type: integer, default: 100, example: "20", help: "how many at most, those of most documents first"}
columns:
  entity: who is new
  first: the date of the first document that names it
  documents: how many documents name it
  partners: with whom it is tied
picture: the newcomers and their ties
*/
MATCH (d:Document) WHERE d.date >= $since
MATCH (d)-[:MENTIONS]->(entity:Entity)
WITH entity, min(d.date) AS first
WHERE NOT EXISTS {
  MATCH (entity)<-[:MENTIONS]-(before:Document) WHERE before.date < $since
}
WITH entity, first ORDER BY entity.documents DESC, first, entity.name, entity.id LIMIT $limit
OPTIONAL MATCH (entity)-[tie]-(partner:Entity)
WHERE type(tie) <> 'UNCONFIRMED'
WITH entity, first, partner ORDER BY partner.name, partner.id
RETURN entity, first, entity.documents AS documents, collect(DISTINCT partner) AS partners
ORDER BY documents DESC, first, entity.name, entity.id
