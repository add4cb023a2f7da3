/*
title: Ties from {from} to {to}
answers: Which partnerships, sites and stakes began between {from} and {to}, as far as the documents date them.
topic: time
parameters:
  - {name: from, type: date, example: "2024", help: "the first day, month or year"}
  - {name: to, type: date, example: "2025-06", help: "the last day, month or year, counted in"}
  - {name: limit, type: integer, default: 500, example: "20", help: "how many ties at most, the earliest first"}
columns:
  since: when the tie began or is to begin
  one: one side
  tie: how the two are tied
  other: the other side
  kind: what kind of co-operation or of site
  amount: the money named, as written
  status: how far the tie is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: everyone whose ties began in that time
*/
MATCH (one:Entity)-[tie:PARTNERS_WITH|JOINT_VENTURE_WITH|INVESTED_IN|ACQUIRED|MERGED_WITH|SUPPLIES|LICENSES_TO|FUNDS|FACILITY_IN]->(other:Entity)
WHERE tie.since >= $from AND left(tie.since, size($to)) <= $to
WITH one, tie, other ORDER BY tie.since, tie.documents DESC, tie.id LIMIT $limit
RETURN tie.since AS since, one, tie, other, tie.kind AS kind, tie.amount_text AS amount,
       tie.status AS status, tie.confidence AS confidence, tie.documents AS documents
ORDER BY since, documents DESC, one.name, other.name, tie.id
