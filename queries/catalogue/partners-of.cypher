/*
title: Partners of {name}
answers: Who works with {name}, in which way, where and since when.
topic: partners
parameters:
  - {name: name, type: entity, example: Volkswagen, help: "a firm, a university, a public body, a place"}
  - {name: unconfirmed, type: boolean, default: false, example: "yes", help: "also list what is denied, rumoured or disputed, marked by its status"}
  - {name: limit, type: integer, default: 500, example: "20", help: "how many ties at most, those of most documents first"}
columns:
  entity: the one asked about
  tie: how the two are tied
  partner: the other side, which may be a place or an unnamed group
  kind: what kind of co-operation or of site
  place: where the co-operation takes place, if that is not the partner itself
  since: from when on
  amount: the money named, as written
  people: how many people work there
  status: how far the tie is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: the one asked about and all its partners
*/
WITH toLower($name) AS key
MATCH (:Name {key: key})<-[:NAMED]-(entity:Entity)
WITH DISTINCT entity
MATCH (entity)-[tie:PARTNERS_WITH|JOINT_VENTURE_WITH|INVESTED_IN|ACQUIRED|MERGED_WITH|SUPPLIES|LICENSES_TO|FUNDS|FACILITY_IN|UNCONFIRMED]-(partner:Entity)
WHERE type(tie) <> 'UNCONFIRMED'
   OR ($unconfirmed AND tie.status <> 'possible'
       AND tie.type IN ['PARTNERS_WITH', 'JOINT_VENTURE_WITH', 'INVESTED_IN', 'ACQUIRED',
       'MERGED_WITH', 'SUPPLIES', 'LICENSES_TO', 'FUNDS', 'FACILITY_IN'])
WITH entity, tie, partner ORDER BY tie.documents DESC, tie.confidence DESC, tie.id LIMIT $limit
UNWIND tie.statements AS statement
MATCH (s:Statement {id: statement})
OPTIONAL MATCH (s)-[:SITE]->(site:Entity)
WITH entity, tie, partner, s, site ORDER BY site.name
WITH entity, tie, partner, collect(DISTINCT site.name) AS place, max(s.people) AS people
RETURN entity, tie, partner, tie.kind AS kind, place, tie.since AS since,
       tie.amount_text AS amount, people, tie.status AS status,
       tie.confidence AS confidence, tie.documents AS documents
ORDER BY documents DESC, confidence DESC, partner.name, partner.id, entity.id, type(tie),
         tie.id
