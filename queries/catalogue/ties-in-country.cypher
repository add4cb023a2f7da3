/*
title: Ties in {country}
answers: Who is based in {country}, or has a site or partners there.
topic: places
parameters:
  - {name: country, type: country, example: China, help: "a country, in any language"}
  - {name: limit, type: integer, default: 500, example: "20", help: "how many ties at most, those of most documents first"}
columns:
  one: who is tied to a place in the country
  tie: how the two are tied
  place: the place
  kind: what kind of site or of co-operation
  since: from when on
  amount: the money named, as written
  status: how far the tie is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: the places of the country and who is there
*/
// A place is in the country of the largest place of its name.
MATCH (place:Entity {country: $country})
MATCH (place)-[tie:HEADQUARTERED_IN|LOCATED_IN|FACILITY_IN|PARTNERS_WITH|FUNDS]-(one:Entity)
WHERE one.country IS NULL OR one.country <> $country
WITH one, tie, place ORDER BY tie.documents DESC, tie.confidence DESC, tie.id LIMIT $limit
RETURN one, tie, place, tie.kind AS kind, tie.since AS since, tie.amount_text AS amount,
       tie.status AS status, tie.confidence AS confidence, tie.documents AS documents
ORDER BY documents DESC, confidence DESC, one.name, place.name, tie.id
