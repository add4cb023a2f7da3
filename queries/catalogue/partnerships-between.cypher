/*
title: Partnerships between {a} and {b}
answers: What {a} and {b} do together, and with whom else in the same deal.
topic: partners
parameters:
  - {name: a, type: entity, example: Volkswagen, help: one side}
  - {name: b, type: entity, example: Hefei, help: the other side}
  - {name: unconfirmed, type: boolean, default: false, example: "yes", help: "also list what is denied, rumoured or disputed, marked by its status"}
columns:
  one: the first side
  tie: how the two are tied
  other: the second side
  kind: what kind of co-operation or of site
  parties: everyone in the same deal
  place: where the deal takes place, if that is neither side
  since: from when on
  until: until when
  amount: the money named, as written
  status: how far the tie is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: both sides with their ties, and a deal of three or more with all its parties
*/
WITH toLower($a) AS one_key, toLower($b) AS other_key
MATCH (:Name {key: one_key})<-[:NAMED]-(one:Entity)
MATCH (:Name {key: other_key})<-[:NAMED]-(other:Entity)
WITH DISTINCT one, other
MATCH (one)-[tie:PARTNERS_WITH|JOINT_VENTURE_WITH|INVESTED_IN|ACQUIRED|MERGED_WITH|SUPPLIES|LICENSES_TO|FUNDS|FACILITY_IN|UNCONFIRMED]-(other)
WHERE type(tie) <> 'UNCONFIRMED'
   OR ($unconfirmed AND tie.status <> 'possible'
       AND tie.type IN ['PARTNERS_WITH', 'JOINT_VENTURE_WITH', 'INVESTED_IN', 'ACQUIRED',
       'MERGED_WITH', 'SUPPLIES', 'LICENSES_TO', 'FUNDS', 'FACILITY_IN'])
UNWIND tie.statements AS statement
MATCH (s:Statement {id: statement})
OPTIONAL MATCH (s)-[:SITE]->(site:Entity)
WITH one, tie, other, s, site ORDER BY site.name
WITH one, tie, other, collect(DISTINCT site.name) AS place, collect(DISTINCT s) AS claims
UNWIND claims AS s
OPTIONAL MATCH (s)-[:ABOUT]->(:Partnership)<-[:PARTY_TO]-(party:Entity)
WITH one, tie, other, place, party ORDER BY party.name, party.id
WITH one, tie, other, place, collect(DISTINCT party.name) AS parties
RETURN one, tie, other, tie.kind AS kind, parties, place, tie.since AS since, tie.until AS until,
       tie.amount_text AS amount, tie.status AS status,
       tie.confidence AS confidence, tie.documents AS documents
ORDER BY documents DESC, confidence DESC, one.name, other.name, one.id, other.id, type(tie),
         tie.id
