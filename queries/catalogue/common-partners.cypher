/*
title: Common partners of {a} and {b}
answers: Who works both with {a} and with {b}, and how.
topic: partners
parameters:
  - {name: a, type: entity, example: Volkswagen, help: one of the two}
  - {name: b, type: entity, example: Scania, help: the other}
  - {name: limit, type: integer, default: 500, example: "20", help: "how many pairs of ties at most, those of most documents first"}
columns:
  a: the one
  tie_a: the tie with the one
  partner: who works with both
  tie_b: the tie with the other
  b: the other
  documents: how many documents speak of either tie
picture: the two and those between them
*/
WITH toLower($a) AS one_key, toLower($b) AS other_key
MATCH (:Name {key: one_key})<-[:NAMED]-(a:Entity)
MATCH (:Name {key: other_key})<-[:NAMED]-(b:Entity)
WITH DISTINCT a, b WHERE a <> b
MATCH (a)-[tie_a:PARTNERS_WITH|JOINT_VENTURE_WITH|INVESTED_IN|ACQUIRED|MERGED_WITH|SUPPLIES|LICENSES_TO|FUNDS|MEMBER_OF|FACILITY_IN]-(partner:Entity)
MATCH (partner)-[tie_b:PARTNERS_WITH|JOINT_VENTURE_WITH|INVESTED_IN|ACQUIRED|MERGED_WITH|SUPPLIES|LICENSES_TO|FUNDS|MEMBER_OF|FACILITY_IN]-(b)
WITH a, b, partner, tie_a, tie_b ORDER BY tie_a.documents + tie_b.documents DESC, tie_a.id, tie_b.id LIMIT $limit
RETURN a, tie_a, partner, tie_b, b, tie_a.documents + tie_b.documents AS documents
ORDER BY documents DESC, partner.name, partner.id, tie_a.id, tie_b.id
