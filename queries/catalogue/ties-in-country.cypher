/*
title: Ties in {country}
answers: Who is based in {country}, has a site there, or a deal that takes place there.
topic: places
parameters:
  - {name: country, type: country, example: China, help: "a country, in any language"}
  - {name: limit, type: integer, default: 500, example: "20", help: "how many ties at most, those of most documents first"}
columns:
  one: one side
  tie: how the two are tied
  other: the other side, which may be the place
  place: where in the country
  kind: what kind of site or of co-operation
  since: from when on
  amount: the money named, as written
  status: how far the tie is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: the places of the country and who is there
*/
// A place is in the country of the largest place of its name.
MATCH (place:Entity {country: $country})<-[:SUBJECT|OBJECT|SITE]-(s:Statement)
WHERE s.status <> 'possible'
WITH DISTINCT place, s
MATCH (s)-[:SUBJECT]->(subject:Entity)
MATCH (s)-[:OBJECT]->(object:Entity)
WITH place, s, CASE WHEN subject = place THEN object ELSE subject END AS far,
     CASE WHEN subject = place THEN subject ELSE object END AS near
MATCH (far)-[tie]-(near)  // from the end that is not the place: that has few ties
WHERE tie.id = s.tie AND type(tie) <> 'UNCONFIRMED'
WITH place, tie, startNode(tie) AS one, endNode(tie) AS other
WITH tie, one, other, place ORDER BY place.name, place.id
WITH tie, one, other, collect(DISTINCT place) AS place
ORDER BY tie.documents DESC, tie.confidence DESC, tie.id LIMIT $limit
RETURN one, tie, other, place, tie.kind AS kind, tie.since AS since, tie.amount_text AS amount,
       tie.status AS status, tie.confidence AS confidence, tie.documents AS documents
ORDER BY documents DESC, confidence DESC, one.name, other.name, tie.id
