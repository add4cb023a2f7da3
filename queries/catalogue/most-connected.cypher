/*
title: Most connected
answers: Who has ties with most others; with a year, only by ties that a document of that year speaks of.
topic: structure
parameters:
  - {name: year, type: date, default: null, example: "2025", help: "only ties that a document of that year (or month) speaks of"}
  - {name: limit, type: integer, default: 30, example: "10", help: "how many at most"}
columns:
  entity: who
  partners: with how many others it is tied
  ties: by how many ties
  documents: in how many documents it is named, of all years
picture: the most connected
*/
MATCH (entity:Entity)-[tie:PARTNERS_WITH|JOINT_VENTURE_WITH|INVESTED_IN|ACQUIRED|MERGED_WITH|SUPPLIES|LICENSES_TO|FUNDS|SUBSIDIARY_OF|PART_OF|MEMBER_OF|SPUN_OFF_FROM]-(partner:Entity)
WHERE $year IS NULL OR EXISTS {
  MATCH (s:Statement {tie: tie.id})-[:STATED_IN]->(d:Document)
  WHERE s.status <> 'possible' AND left(d.date, size($year)) = $year
}
WITH entity, count(DISTINCT partner) AS partners, count(DISTINCT tie) AS ties
RETURN entity, partners, ties, entity.documents AS documents
ORDER BY partners DESC, ties DESC, documents DESC, entity.name, entity.id LIMIT $limit
