/*
title: People of {name}
answers: Who works for, founded or belongs to {name}; of a person, where they work.
topic: people
parameters:
  - name: name
    type: entity
    example: Renault
    help: "a firm, another organisation, or a person"
    suggestions: |
      MATCH (:Person)-[:EMPLOYED_BY|FOUNDED_BY|MEMBER_OF]-(e:Entity)
      WHERE toLower(e.name) STARTS WITH $start
      RETURN DISTINCT e.name AS value ORDER BY value LIMIT $most
columns:
  person: the person
  tie: how the two are tied
  organisation: where they work, or what they founded
  role: their post
  since: from when on
  until: until when
  status: how far the tie is real
  confidence: how sure the reading is, 0 to 1
  documents: how many documents say so
picture: the people around the one asked about
*/
WITH toLower($name) AS key
MATCH (:Name {key: key})<-[:NAMED]-(entity:Entity)
WITH DISTINCT entity
MATCH (entity)-[tie:EMPLOYED_BY|FOUNDED_BY|MEMBER_OF|INVESTED_IN|ACQUIRED]-(other:Entity)
WHERE entity:Person OR other:Person
WITH tie,
     CASE WHEN entity:Person THEN entity ELSE other END AS person,
     CASE WHEN entity:Person THEN other ELSE entity END AS organisation
RETURN person, tie, organisation, tie.role AS role, tie.since AS since, tie.until AS until,
       tie.status AS status, tie.confidence AS confidence, tie.documents AS documents
ORDER BY person.name, organisation.name, person.id, organisation.id, type(tie), tie.id
