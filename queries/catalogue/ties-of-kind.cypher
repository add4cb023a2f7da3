/*
title: Ties of the kind {kind}
answers: Which sites and co-operations are of the kind {kind}, for example a plant or a research centre.
topic: partners
parameters:
  - name: kind
    type: text
    example: plant
    choices: [rnd_centre, plant, office, store, warehouse, mine, other, rnd, technology, licensing, production, distribution, government, general]
    help: of a site or of a co-operation
  - {name: limit, type: integer, default: 500, example: "20", help: "how many ties at most, those of most documents first"}
columns:
  one: one side
  tie: how the two are tied
  other: the other side
  since: from when on
  amount: the money named, as written
  status: how far the tie is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: everyone who has such a tie
*/
MATCH (one:Entity)-[tie:FACILITY_IN|PARTNERS_WITH|JOINT_VENTURE_WITH|SUPPLIES|INVESTED_IN|FUNDS|LICENSES_TO]->(other:Entity)
WHERE tie.kind = $kind
WITH one, tie, other ORDER BY tie.documents DESC, tie.confidence DESC, tie.id LIMIT $limit
RETURN one, tie, other, tie.since AS since, tie.amount_text AS amount, tie.status AS status,
       tie.confidence AS confidence, tie.documents AS documents
ORDER BY documents DESC, confidence DESC, one.name, other.name, tie.id
