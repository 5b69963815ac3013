-- Whether anything still has the content of a file that is being deleted ----------------------------------------------

create index blob_sha256 on blob (sha256);
