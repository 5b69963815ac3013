from tandem.assistant.model import *
from tandem.assistant.triage.model import Triage
from tandem.timeline.model import Message, Source


class Assistant:
    customer_orders=None
    def __init__(self,index): self.index=index
    async def respond(self, context, on_draft=lambda t:None):
        hits=self.index.search(context.heard[-1].body.text)
        return Reply("answer",None,Triage("zh"),(Message(hits[0].article.answer if hits else "?",sources=(Source("knowledge",str(hits[0].article.id),hits[0].article.question,1),) if hits else ()),),context.memory,{})
    async def close(self): pass
def assistant_for(settings, index, numbers): return Assistant(index)
