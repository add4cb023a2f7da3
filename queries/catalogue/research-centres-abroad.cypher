/*
title: Research centres abroad
answers: Which firms have research and development centres away from where they are based.
topic: places
columns:
  firm: who runs the centre
  tie: how the two are tied
  place: where the centre is
  home: where the firm is based, as far as the documents say
  since: from when on
  amount: the money named, as written
  people: how many people work there
  status: how far the tie is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: firms and the places of their research centres
*/
// Abroad: no place, region or country that the documents name holds both the centre and the seat.
MATCH (firm:Entity)-[tie:FACILITY_IN]->(place:Entity)
WHERE tie.kind = 'rnd_centre'
OPTIONAL MATCH (firm)-[:HEADQUARTERED_IN|LOCATED_IN]->(seat:Entity)
OPTIONAL MATCH (seat)-[:LOCATED_IN*0..3]->(around:Entity)
WITH firm, tie, place, seat, around ORDER BY seat.name
WITH firm, tie, place, collect(DISTINCT seat.name) AS home, collect(DISTINCT around.id) AS areas
WHERE NOT EXISTS {
  MATCH (place)-[:LOCATED_IN*0..3]->(area:Entity)
  WHERE area.id IN areas
}
UNWIND tie.statements AS statement
MATCH (s:Statement {id: statement})
WITH firm, tie, place, home, max(s.people) AS people
RETURN firm, tie, place, home, tie.since AS since, tie.amount_text AS amount, people,
       tie.status AS status, tie.confidence AS confidence, tie.documents AS documents
ORDER BY documents DESC, confidence DESC, firm.name, place.name, firm.id, place.id, tie.id
