/*
title: Partners like those of {name}
answers: Who works with the same partners as {name}, by the share of partners that they have in common (Jaccard).
topic: structure
parameters:
  - {name: name, type: entity, example: Volkswagen, help: "a firm, a university, a public body"}
  - {name: limit, type: integer, default: 20, example: "10", help: "how many at most, the most alike first"}
columns:
  entity: the one asked about
  other: who has like partners
  alike: partners in common by partners of either, 0 to 1
  common: the partners in common
picture: the one asked about, those like it, and the partners in common
*/
WITH toLower($name) AS key
MATCH (:Name {key: key})<-[:NAMED]-(entity:Entity)
WITH DISTINCT entity
MATCH (entity)-[:PARTNERS_WITH|JOINT_VENTURE_WITH|INVESTED_IN|ACQUIRED|MERGED_WITH|SUPPLIES|LICENSES_TO|FUNDS|MEMBER_OF]-(partner:Entity)
WITH DISTINCT entity, partner
MATCH (partner)-[:PARTNERS_WITH|JOINT_VENTURE_WITH|INVESTED_IN|ACQUIRED|MERGED_WITH|SUPPLIES|LICENSES_TO|FUNDS|MEMBER_OF]-(other:Entity)
WHERE other <> entity
WITH DISTINCT entity, other, partner ORDER BY partner.name, partner.id
WITH entity, other, collect(partner) AS common
WITH entity, other, common,
     COUNT { MATCH (entity)-[:PARTNERS_WITH|JOINT_VENTURE_WITH|INVESTED_IN|ACQUIRED|MERGED_WITH|SUPPLIES|LICENSES_TO|FUNDS|MEMBER_OF]-(p:Entity) RETURN DISTINCT p } AS own,
     COUNT { MATCH (other)-[:PARTNERS_WITH|JOINT_VENTURE_WITH|INVESTED_IN|ACQUIRED|MERGED_WITH|SUPPLIES|LICENSES_TO|FUNDS|MEMBER_OF]-(p:Entity) RETURN DISTINCT p } AS theirs
WITH entity, other, common, toFloat(size(common)) / (own + theirs - size(common)) AS alike
RETURN entity, other, round(alike, 3) AS alike, common
ORDER BY alike DESC, size(common) DESC, other.name, other.id LIMIT $limit
