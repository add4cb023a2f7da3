/*
title: Without a tie
answers: Which names the documents mention but tie to nobody, and to no deal.
topic: structure
parameters:
  - {name: limit, type: integer, default: 100, example: "20", help: "how many at most, those of most documents first"}
columns:
  entity: who
  kind: what it is
  documents: how many documents name it
picture: the names, each by itself
*/
MATCH (entity:Entity)
WHERE NOT EXISTS { MATCH (entity)-[tie]-(:Entity) WHERE tie.status <> 'possible' }
  AND NOT EXISTS { MATCH (entity)<-[:SITED_IN]-(deal:Partnership) WHERE deal.status <> 'possible' }
RETURN entity, entity.kind AS kind, entity.documents AS documents
ORDER BY documents DESC, entity.name, entity.id LIMIT $limit
