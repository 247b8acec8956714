"""`portalis simulate`: runs of the plane on a virtual clock."""
