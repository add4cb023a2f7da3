"""How the network is trained: needs torch, which reading does not."""
