/*
title: Joint ventures
answers: Which joint ventures there are, with all their parents, place and money.
topic: partners
parameters:
  - {name: limit, type: integer, default: 500, example: "20", help: "how many joint ventures at most, those of most documents first"}
columns:
  deal: the joint venture
  parties: its parents
  place: where it is
  since: from when on
  until: until when
  amount: the money named, as written
  status: how far it is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: every joint venture with its parents
*/
MATCH (deal:Partnership {type: 'JOINT_VENTURE_WITH'})
WHERE NOT deal.status IN ['rumoured', 'disputed', 'denied', 'possible']
WITH deal ORDER BY deal.documents DESC, deal.confidence DESC, deal.title, deal.id LIMIT $limit
OPTIONAL MATCH (deal)-[:SITED_IN]->(site:Entity)
WITH deal, site ORDER BY site.name, site.id
WITH deal, collect(DISTINCT site) AS place
MATCH (deal)<-[:PARTY_TO]-(party:Entity)
WITH deal, place, party ORDER BY party.name, party.id
WITH deal, place, collect(DISTINCT party) AS parties
RETURN deal, parties, place, deal.since AS since, deal.until AS until,
       deal.amount_text AS amount, deal.status AS status,
       deal.confidence AS confidence, deal.documents AS documents
ORDER BY documents DESC, confidence DESC, deal.title, deal.id
