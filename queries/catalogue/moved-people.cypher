/*
title: People who moved
answers: Who works or worked for more than one organisation, in which role and when.
topic: people
parameters:
  - {name: limit, type: integer, default: 200, example: "20", help: "how many people at most, those of most documents first"}
columns:
  person: who
  tie: how the two are tied
  organisation: for whom
  role: in which role
  since: from when on
  until: until when
  status: whether still
  documents: how many documents say so
picture: the people between their organisations
*/
MATCH (person:Entity)-[:EMPLOYED_BY]->(any:Entity)
WITH person, count(DISTINCT any) AS organisations
WHERE organisations > 1
WITH person ORDER BY person.documents DESC, person.name, person.id LIMIT $limit
MATCH (person)-[tie:EMPLOYED_BY]->(organisation:Entity)
RETURN person, tie, organisation, tie.role AS role, tie.since AS since, tie.until AS until,
       tie.status AS status, tie.documents AS documents
ORDER BY person.name, person.id, since, until, organisation.name, organisation.id, tie.id
