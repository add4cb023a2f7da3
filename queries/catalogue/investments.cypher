/*
title: Investments and acquisitions
answers: Who put money into whom, or bought whom, for how much and when.
topic: money
parameters:
  - {name: since, type: date, default: null, example: "2024", help: "only those known to date from then or later"}
  - {name: limit, type: integer, default: 500, example: "20", help: "how many investments at most, those of most documents first"}
columns:
  investor: who pays
  tie: whether it invested or bought
  target: who is paid for
  amount: the money named, as written
  stake: the share bought
  since: from when on
  status: how far the tie is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: investors and what they invested in
*/
MATCH (investor:Entity)-[tie:INVESTED_IN|ACQUIRED]->(target:Entity)
WHERE $since IS NULL OR tie.since >= $since
WITH investor, tie, target ORDER BY tie.documents DESC, tie.confidence DESC, tie.id LIMIT $limit
RETURN investor, tie, target, tie.amount_text AS amount, tie.stake AS stake, tie.since AS since,
       tie.status AS status, tie.confidence AS confidence, tie.documents AS documents
ORDER BY documents DESC, confidence DESC, investor.name, target.name, investor.id, target.id,
         type(tie), tie.id
