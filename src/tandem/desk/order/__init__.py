"""Order in the inbox: tags, what is put aside, drafts, saved views, and doing the same to many conversations."""
