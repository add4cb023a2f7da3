/*
title: Suspected duplicates
answers: Which entities may be one, since their names share much and they have partners in common.
topic: quality
parameters:
  - {name: limit, type: integer, default: 50, example: "20", help: "how many pairs at most, the most suspect first"}
columns:
  one: one of the two
  other: the other
  shared: how many parts of their names are the same
  partners: how many partners they have in common
picture: the pairs, each by itself
*/
// `partnergraph review` asks about pairs like these and keeps the answer.
// What more than fifty names have in common tells none of them apart.
MATCH (block:Block) WHERE COUNT { (block)<-[:IN_BLOCK]-() } <= 50
MATCH (block)<-[:IN_BLOCK]-(a:Reference)
MATCH (block)<-[:IN_BLOCK]-(b:Reference)
WHERE a.id < b.id AND a.type = b.type
WITH a, b, count(block) AS shared
MATCH (a)-[:REFERS_TO]->(one:Entity)
MATCH (b)-[:REFERS_TO]->(other:Entity)
WHERE one <> other
WITH one, other, max(shared) AS shared,
     COUNT { MATCH (one)--(p:Entity)--(other) RETURN DISTINCT p } AS partners
RETURN one, other, shared, partners
ORDER BY partners DESC, shared DESC, one.name, other.name, one.id, other.id LIMIT $limit
