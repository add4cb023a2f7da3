/*
title: Ties of {place}
answers: Who is in {place}, who builds or runs a site there, and which deals take place there.
topic: places
parameters:
  - name: place
    type: entity
    example: Hefei
    help: "a city, a region or a country"
    suggestions: |
      MATCH (n:Name) WHERE n.key STARTS WITH $start
      MATCH (n)<-[:NAMED]-(p:Place)
      RETURN DISTINCT p.name AS value ORDER BY value LIMIT $most
  - {name: unconfirmed, type: boolean, default: false, example: "yes", help: "also list what is denied, rumoured or disputed, marked by its status"}
  - {name: limit, type: integer, default: 500, example: "20", help: "how many ties at most, those of most documents first"}
columns:
  place: the place
  one: one side of the tie
  tie: how the two are tied
  other: the other side, which may be the place itself
  kind: what kind of co-operation or of site
  since: from when on
  amount: the money named, as written
  people: how many people work there
  status: how far the tie is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: the place and everyone who is tied to it or meets there
*/
WITH toLower($place) AS key
MATCH (:Name {key: key})<-[:NAMED]-(place:Place)
WITH DISTINCT place
MATCH (place)<-[:SUBJECT|OBJECT|SITE]-(s:Statement)
WITH DISTINCT place, s
MATCH (s)-[:SUBJECT]->(subject:Entity)
MATCH (s)-[:OBJECT]->(object:Entity)
WITH place, s, CASE WHEN subject = place THEN object ELSE subject END AS far,
     CASE WHEN subject = place THEN subject ELSE object END AS near
MATCH (far)-[tie]-(near)  // from the end that is not the place: that has few ties
WHERE tie.id = s.tie AND s.status <> 'possible' AND ($unconfirmed OR type(tie) <> 'UNCONFIRMED')
  AND tie.status <> 'possible'
WITH place, tie, startNode(tie) AS one, endNode(tie) AS other, max(s.people) AS people
RETURN place, one, tie, other, tie.kind AS kind, tie.since AS since,
       tie.amount_text AS amount, people, tie.status AS status,
       tie.confidence AS confidence, tie.documents AS documents
ORDER BY documents DESC, confidence DESC, one.name, other.name, one.id, other.id, type(tie),
         tie.id, place.id
LIMIT $limit
