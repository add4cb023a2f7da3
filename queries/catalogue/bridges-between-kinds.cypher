/*
title: Bridges between {one} and {other}
answers: Who has most ties to both kinds, {one} and {other}.
topic: structure
parameters:
  - name: one
    type: text
    default: Firm
    example: Firm
    choices: [Firm, University, Institute, Agency, Association, Media, Organisation, Group, Person, Country, Region, City, Product]
    help: a kind
  - name: other
    type: text
    default: University
    example: Agency
    choices: [Firm, University, Institute, Agency, Association, Media, Organisation, Group, Person, Country, Region, City, Product]
    help: another kind
  - {name: limit, type: integer, default: 30, example: "10", help: "how many at most"}
columns:
  bridge: who is tied to both
  ones: how many of the one kind it is tied to
  others: how many of the other kind
  partners: who they are
picture: the bridges and those whom they join
*/
MATCH (bridge:Entity)-[:PARTNERS_WITH|JOINT_VENTURE_WITH|INVESTED_IN|ACQUIRED|MERGED_WITH|SUPPLIES|LICENSES_TO|FUNDS|MEMBER_OF|PART_OF|EMPLOYED_BY|FOUNDED_BY|FACILITY_IN]-(partner:Entity)
WHERE partner.kind IN [$one, $other]
WITH DISTINCT bridge, partner ORDER BY partner.name, partner.id
WITH bridge, collect(partner) AS partners
WITH bridge, partners, size([p IN partners WHERE p.kind = $one]) AS ones,
     size([p IN partners WHERE p.kind = $other]) AS others
WHERE ones > 0 AND others > 0
WITH bridge, partners, ones, others,
     CASE WHEN ones < others THEN ones ELSE others END AS least
ORDER BY least DESC, ones + others DESC, bridge.name, bridge.id LIMIT $limit
RETURN bridge, ones, others, partners
