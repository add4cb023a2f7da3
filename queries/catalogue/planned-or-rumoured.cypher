/*
title: Planned, rumoured, disputed or denied
answers: Which ties are only planned, rumoured, disputed or denied.
topic: status
parameters:
  - {name: possible, type: boolean, default: false, example: "yes", help: "also list what the reader is too unsure of to draw"}
  - {name: limit, type: integer, default: 500, example: "20", help: "how many ties at most: planned ones first, of each status those of most documents"}
columns:
  one: one side
  tie: how the two would be tied
  other: the other side
  kind: what kind of co-operation or of site
  since: from when on
  amount: the money named, as written
  status: planned, rumoured, disputed or denied, or possible where that is asked for
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: the ties that are not in effect, each drawn by its status
*/
MATCH (one:Entity)-[tie]->(other:Entity)
WHERE tie.status IN ['planned', 'rumoured', 'disputed', 'denied']
   OR ($possible AND tie.status = 'possible')
WITH one, tie, other,
     CASE tie.status WHEN 'planned' THEN 0 WHEN 'rumoured' THEN 1 WHEN 'disputed' THEN 2
                     WHEN 'denied' THEN 3 ELSE 4 END AS rank
ORDER BY rank, tie.documents DESC, tie.confidence DESC, tie.id
LIMIT $limit
RETURN one, tie, other, tie.kind AS kind, tie.since AS since, tie.amount_text AS amount,
       tie.status AS status, tie.confidence AS confidence, tie.documents AS documents
ORDER BY rank, documents DESC, confidence DESC, one.name, other.name, one.id, other.id, type(tie),
         tie.id
