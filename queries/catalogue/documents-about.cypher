/*
title: Documents about {name}
answers: Which documents name {name}, and how often.
topic: evidence
parameters:
  - {name: name, type: entity, example: Volkswagen, help: "a firm, a person, a place"}
  - {name: limit, type: integer, default: 500, example: "20", help: "how many documents at most, those that name it most often first"}
columns:
  entity: the one asked about
  document: the document
  date: its date
  publisher: its publisher
  mentions: how often it names the one asked about
  source: where it was read from
  url: its address
picture: the one asked about
*/
WITH toLower($name) AS key
MATCH (:Name {key: key})<-[:NAMED]-(entity:Entity)
WITH DISTINCT entity
MATCH (entity)<-[mention:MENTIONS]-(document:Document)
RETURN entity, document, document.date AS date, document.publisher AS publisher,
       mention.mentions AS mentions,
       document.source AS source, document.url AS url
ORDER BY mentions DESC, document.title, document.id, entity.id
LIMIT $limit
