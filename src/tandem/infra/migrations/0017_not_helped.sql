-- Only who was not helped speaks against an answer: who asked for a person, was angry or complained was taken down here, too.
delete from judgement where source = 'handed_over';
