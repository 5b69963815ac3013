-- Words of new entries wait in a list until it is full, and whoever fills it sorts them all into the index: of 4 MB (the default) that
-- takes 100 to 200 ms, which some customer waits for, and everybody behind him.
alter index entry_words set (gin_pending_list_limit = 128);
