/*
title: Suppliers of both {a} and {b}
answers: Who supplies both {a} and {b}.
topic: supply
parameters:
  - name: a
    type: entity
    example: Volkswagen
    help: one customer
    suggestions: |
      MATCH (:Entity)-[:SUPPLIES]->(e:Entity)
      WHERE toLower(e.name) STARTS WITH $start
      RETURN DISTINCT e.name AS value ORDER BY value LIMIT $most
  - name: b
    type: entity
    example: Scania
    help: the other customer
    suggestions: |
      MATCH (:Entity)-[:SUPPLIES]->(e:Entity)
      WHERE toLower(e.name) STARTS WITH $start
      RETURN DISTINCT e.name AS value ORDER BY value LIMIT $most
columns:
  a: the one customer
  tie_a: the tie with the one
  supplier: who supplies both
  tie_b: the tie with the other
  b: the other customer
  documents: how many documents speak of either tie
picture: the two customers and the suppliers that they share
*/
WITH toLower($a) AS one_key, toLower($b) AS other_key
MATCH (:Name {key: one_key})<-[:NAMED]-(a:Entity)
MATCH (:Name {key: other_key})<-[:NAMED]-(b:Entity)
WITH DISTINCT a, b WHERE a <> b
MATCH (a)<-[tie_a:SUPPLIES]-(supplier:Entity)
MATCH (supplier)-[tie_b:SUPPLIES]->(b)
RETURN a, tie_a, supplier, tie_b, b, tie_a.documents + tie_b.documents AS documents
ORDER BY documents DESC, supplier.name, supplier.id
