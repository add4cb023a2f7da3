/*
title: Deals of {parties} parties or more
answers: Which deals have {parties} parties or more, who they are, where it takes place, and for how much.
topic: partners
parameters:
  - {name: parties, type: integer, default: 3, example: "4", help: "how many parties at least"}
  - {name: limit, type: integer, default: 500, example: "20", help: "how many deals at most, those of most parties first"}
columns:
  deal: the deal
  size: how many parties it has
  parties: who they are
  place: where it takes place
  since: from when on
  amount: the money named, as written
  status: how far it is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: every deal as a small node with its parties around it
*/
MATCH (deal:Partnership)<-[:PARTY_TO]-(party:Entity)
WHERE NOT deal.status IN ['rumoured', 'disputed', 'denied', 'possible']
WITH deal, party ORDER BY party.name, party.id
WITH deal, collect(DISTINCT party) AS parties
WHERE size(parties) >= $parties
WITH deal, parties ORDER BY size(parties) DESC, deal.documents DESC, deal.title, deal.id LIMIT $limit
OPTIONAL MATCH (deal)-[:SITED_IN]->(site:Entity)
WITH deal, parties, site ORDER BY site.name, site.id
WITH deal, parties, collect(DISTINCT site) AS place
RETURN deal, size(parties) AS size, parties, place, deal.since AS since,
       deal.amount_text AS amount, deal.status AS status,
       deal.confidence AS confidence, deal.documents AS documents
ORDER BY size DESC, documents DESC, deal.title, deal.id
